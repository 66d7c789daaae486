import { useMutation, useQuery } from '@tanstack/react-query'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { useSaved } from './saved.ts'

const LOOK_MS = 3_000

/** Asks first: the end is for all who take part, and what they could still take back goes with it. */
export function EndDrill({ drillId, onDone }: { drillId: string; onDone(): void }) {
  const t = useTexts('crisis')
  const { drills } = useApi().crisis
  const waiting = useQuery({ ...drills.waiting.queryOptions({ input: { drillId } }), refetchInterval: LOOK_MS }).data
  const end = useMutation(drills.end.mutationOptions(useSaved(onDone, t('drill.ended'))))
  return (
    <Form submit={t('drill.end')} busy={end.isPending} error={end.error} onSubmit={() => end.mutate({ drillId })}>
      <p>{t('drill.endWhy')}</p>
      <p role="status">{waiting && waiting.answers > 0 && t('drill.endWaiting', { count: waiting.answers })}</p>
    </Form>
  )
}
