import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core'
import { IconSpeakerphone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { LanguageName } from '../../ui/language-name.tsx'
import type { Conversation } from '../shapes.ts'
import styles from './suggested.module.css'
import { usableStatements } from './usable-statements.ts'

/** In a crisis: words that a second person approved in calm, taken into the answer as they stand. */
export function HoldingStatements({
  conversation: { topicIds, language },
  onTake,
}: {
  conversation: Conversation
  onTake(text: string): void
}) {
  const t = useTexts('inbox')
  const { crisis } = useApi()
  const [open, setOpen] = useState(false)
  const inCrisis = (useQuery(crisis.open.queryOptions({ input: {} })).data?.items ?? []).length > 0
  const { data } = useQuery({ ...crisis.statements.list.queryOptions({ input: {} }), enabled: inCrisis })
  const usable = inCrisis ? usableStatements(data?.items ?? [], topicIds, language) : []
  if (usable.length === 0) return null
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" width={420} trapFocus withinPortal>
      <Popover.Target>
        <Tooltip label={t('statements.title')} disabled={open}>
          <ActionIcon aria-label={t('statements.title')} aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconSpeakerphone size={16} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown ?? ''} aria-label={t('statements.title')}>
        <div className={styles.items}>
          <p className={styles.quiet}>{t('statements.why')}</p>
          {usable.map((one) => (
            <article key={one.statementId} className={styles.item}>
              <p className={styles.text} lang={one.language}>
                {one.text}
              </p>
              <p className={styles.quiet}>
                {one.name} · <LanguageName tag={one.language} />
              </p>
              <p className={styles.foot}>
                <Button
                  size="compact-xs"
                  variant="filled"
                  onClick={() => {
                    onTake(one.text)
                    setOpen(false)
                  }}
                >
                  {t('suggested.take')}
                </Button>
              </p>
            </article>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
