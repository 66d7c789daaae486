import { Checkbox, Select } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { apiOf } from '../../platform/api.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMe, useWorkspace } from '../../platform/session.ts'
import { Form, FormSection } from '../../ui/form.tsx'
import { COPIED_PARTS, type Copied, type CopiedPart, copySetUp } from './copying.ts'
import styles from './settings.module.css'

/** From another workspace that one administers, into this one. Shown to those alone who administer several. */
export function CopySetUp() {
  const t = useTexts('accounts')
  const queries = useQueryClient()
  const to = useApi()
  const { workspaceId } = useWorkspace()
  const others = useMe().workspaces.filter(
    (one) => one.workspaceId !== workspaceId && !one.closed && one.permissions.includes('workspace.manage'),
  )
  const [from, setFrom] = useState<string | null>(null)
  const [parts, setParts] = useState<CopiedPart[]>([...COPIED_PARTS])
  const [copied, setCopied] = useState<Copied[]>([])
  const copy = useMutation({
    meta: { shownInPlace: true },
    mutationFn: (source: string) => {
      setCopied([])
      return copySetUp(apiOf(source), to, parts, (one) => setCopied((before) => [...before, one]))
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: to.accounts.key() }),
        queries.invalidateQueries({ queryKey: to.inbox.key() }),
      ]),
  })
  if (others.length === 0) return null
  return (
    <FormSection title={t('copy.title')} why={t('copy.why')}>
      <Form
        submit={t('copy.submit')}
        busy={copy.isPending}
        error={copy.error}
        onSubmit={() => from && parts.length > 0 && copy.mutate(from)}
      >
        <Select
          label={t('copy.from')}
          data={others.map((one) => ({ value: one.workspaceId, label: one.name }))}
          value={from}
          onChange={setFrom}
          required
        />
        <Checkbox.Group label={t('copy.parts')} value={parts} onChange={(chosen) => setParts(chosen as CopiedPart[])}>
          <div className={styles.scopes}>
            {COPIED_PARTS.map((part) => (
              <Checkbox key={part} value={part} label={t(`copy.part.${part}`)} />
            ))}
          </div>
        </Checkbox.Group>
      </Form>
      <div role="status">
        <ul className={styles.rows}>
          {copied.map(({ part, made, kept }) => (
            <li key={part} className={styles.row}>
              {t(kept > 0 ? 'copy.doneAndKept' : 'copy.done', { part: t(`copy.part.${part}`), count: made, kept })}
            </li>
          ))}
        </ul>
      </div>
    </FormSection>
  )
}
