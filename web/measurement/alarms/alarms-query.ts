import type { InferContractRouterOutputs } from '@orpc/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Contract } from '../../../contract/index.ts'
import type { Api } from '../../platform/api.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showUndo } from '../../platform/undo.tsx'
import type { ALARM_STATES } from './alarm-states.ts'

type Outputs = InferContractRouterOutputs<Contract>['measurement']['alarms']
export type Alarm = Outputs['list']['items'][number]
export type AlarmDetail = Outputs['get']
export type AlarmRule = Outputs['rule']
export type AlarmKind = Alarm['kinds'][number]
type AlarmsState = (typeof ALARM_STATES)[number]

const PAGE = 50

export const alarmsOptions = (api: Api, state: AlarmsState, topicId?: string) =>
  api.measurement.alarms.list.infiniteOptions({
    input: (after: string | undefined) => ({
      state,
      limit: PAGE,
      ...(topicId ? { topicId } : {}),
      ...(after ? { after } : {}),
    }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })

/** What one does with an alarm; both can be taken back. */
export function useAlarmActions(alarm: Pick<Alarm, 'alarmId' | 'topicName'>) {
  const t = useTexts('measurement')
  const api = useApi()
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: api.measurement.alarms.key() })
  const acknowledging = useMutation(api.measurement.alarms.acknowledge.mutationOptions({ onSettled }))
  const snoozing = useMutation(api.measurement.alarms.snooze.mutationOptions({ onSettled }))
  const { alarmId, topicName } = alarm
  const told = (message: string, undo: () => void) => showUndo({ message, undoLabel: t('alarms.undo'), undo })
  return {
    error: acknowledging.error ?? snoozing.error,
    acknowledge: () =>
      acknowledging.mutate(
        { alarmId },
        {
          onSuccess: () =>
            told(t('alarms.acknowledgedNow', { topic: topicName }), () =>
              acknowledging.mutate({ alarmId, undo: true }),
            ),
        },
      ),
    snooze: (hours: number) =>
      snoozing.mutate(
        { alarmId, hours },
        {
          onSuccess: () =>
            told(t('alarms.snoozedNow', { topic: topicName, count: hours }), () =>
              snoozing.mutate({ alarmId, hours: 0 }),
            ),
        },
      ),
    wake: () => snoozing.mutate({ alarmId, hours: 0 }),
  }
}
