import { Button } from '@mantine/core'
import { IconClockHour4 } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../../platform/i18n.ts'
import { useApi, useMay } from '../../../platform/session.ts'
import { showDone } from '../../../platform/undo.tsx'
import { Empty } from '../../../ui/empty.tsx'
import { guessTimeZone } from '../../choices.ts'
import styles from '../settings.module.css'
import { SettingsPlace } from '../settings-place.tsx'
import { Calendars } from './calendars.tsx'
import { officeHours, usualPromise } from './clock-shapes.ts'
import { PromiseDialog } from './promise-dialog.tsx'
import { Promises } from './promises.tsx'

/** What is promised to customers, in whose hours it counts, and what happens when it runs out. */
export function ClocksScreen() {
  const t = useTexts('accounts')
  const { policies, calendars } = useApi().inbox.clocks
  const promises = useSuspenseQuery(policies.list.queryOptions({ input: {} })).data
  const hours = useSuspenseQuery(calendars.list.queryOptions({ input: {} })).data.items
  const mayManage = useMay('clocks.manage')
  const [adding, setAdding] = useState(false)
  if (hours.length === 0) return <Nothing />
  return (
    <SettingsPlace
      section="clocks"
      action={
        mayManage ? (
          <Button variant="filled" onClick={() => setAdding(true)}>
            {t('clocks.newPromise')}
          </Button>
        ) : null
      }
    >
      {promises.recounting && (
        <p className={styles.note} role="status">
          {t('clocks.recounting')}
        </p>
      )}
      <Promises promises={promises.items} calendars={hours} />
      <Calendars calendars={hours} />
      <p className={styles.note}>
        {t('clocks.holidaySource')}{' '}
        <a href="https://github.com/commenthol/date-holidays" target="_blank" rel="noreferrer">
          date-holidays
        </a>
        , CC BY-SA 3.0
      </p>
      {adding && <PromiseDialog promised={null} calendars={hours} onClose={() => setAdding(false)} />}
    </SettingsPlace>
  )
}

/** One click makes what most begin with; everything of it can be changed. */
function Nothing() {
  const t = useTexts('accounts')
  const { calendars, policies } = useApi().inbox.clocks
  const key = useApi().inbox.clocks.key()
  const queries = useQueryClient()
  const mayManage = useMay('clocks.manage')
  const begin = useMutation({
    mutationFn: async () => {
      const rules = officeHours(guessTimeZone())
      const { calendarId } = await calendars.create.call({ name: t('clocks.officeHours'), rules })
      await policies.create.call({ name: t('clocks.everybody'), rules: usualPromise(calendarId) })
    },
    onSuccess: () => showDone(t('saved')),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
  return (
    <SettingsPlace section="clocks">
      <Empty
        icon={IconClockHour4}
        title={t('clocks.empty')}
        action={
          mayManage ? (
            <Button variant="filled" loading={begin.isPending} onClick={() => begin.mutate()}>
              {t('clocks.begin')}
            </Button>
          ) : null
        }
      >
        {t('clocks.emptyWhy')}
      </Empty>
    </SettingsPlace>
  )
}
