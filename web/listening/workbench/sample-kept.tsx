import { Popover, Switch, UnstyledButton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import styles from './workbench.module.css'

/** What is kept of the streams beside what was asked for: said where a figure rests on it, and switched there. */
export function SampleKept() {
  const t = useTexts('listening')
  const [open, setOpen] = useState(false)
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={styles.inline} onClick={() => setOpen(!open)}>
          {t('workbench.sample.ask')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 24px)">{open && <Kept />}</Popover.Dropdown>
    </Popover>
  )
}

function Kept() {
  const t = useTexts('listening')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const mayManage = useMay('privacy.manage')
  const { data, error, refetch } = useQuery(api.listening.workbench.unmatchedSample.queryOptions({ input: {} }))
  const change = useMutation(
    api.listening.workbench.switchUnmatchedSample.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.listening.workbench.key() }),
    }),
  )
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <TextSkeleton lines={3} />
  const most = { number: formats.number(data.perDayMax), days: data.keptDays }
  return (
    <div className={styles.kept}>
      <p>{t('workbench.sample.what', most)}</p>
      {data.installation ? (
        <Switch
          label={t('workbench.sample.on')}
          description={mayManage ? null : t('workbench.sample.whoMay')}
          checked={change.isPending ? change.variables.on : data.workspace}
          disabled={!mayManage}
          onChange={(event) => change.mutate({ on: event.currentTarget.checked })}
        />
      ) : (
        <p>{t('workbench.sample.off')}</p>
      )}
    </div>
  )
}
