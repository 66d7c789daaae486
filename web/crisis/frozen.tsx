import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { Tag } from '../ui/tag.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './crisis.module.css'
import { useSaved } from './saved.ts'
import type { Crisis } from './shapes.ts'

interface Asked {
  what: 'delivery' | 'macro'
  frozenId: string
  name: string
}

/** What waits, and the way to let one of it through. */
export function Frozen({ crisis }: { crisis: Crisis }) {
  const t = useTexts('crisis')
  const { crisisId } = crisis
  const [asked, setAsked] = useState<Asked | null>(null)
  const frozen = useQuery({
    ...useApi().crisis.frozen.list.queryOptions({ input: { crisisId } }),
    enabled: useMay('inbox.read'),
  }).data
  if (!frozen || (frozen.deliveries.length === 0 && frozen.macros.length === 0)) return null
  const release = (what: Asked['what'], frozenId: string, name: string) =>
    frozen.mayRelease && (
      <Button
        size="xs"
        onClick={() => setAsked({ what, frozenId, name })}
        aria-label={t('frozen.releaseNamed', { name })}
      >
        {t('frozen.release')}
      </Button>
    )
  return (
    <section>
      <h2>{t('frozen.title')}</h2>
      <ul className={styles.rows}>
        {frozen.deliveries.map((one) => (
          <li key={one.deliveryId} className={styles.row}>
            <span className={styles.main}>
              {one.text}
              <span className={styles.quiet}>
                {one.sourceName} · <TimeAgo time={one.createdAt} />
              </span>
            </span>
            <span className={styles.state}>
              <Tag tone="notice">{t(one.answer ? 'frozen.answer' : 'frozen.post')}</Tag>
              {release('delivery', one.deliveryId, one.text.slice(0, 60))}
            </span>
          </li>
        ))}
        {frozen.macros.map((one) => (
          <li key={one.macroId} className={styles.row}>
            <span className={styles.main}>{one.name}</span>
            {one.released ? (
              <Tag tone="good">{t('frozen.released')}</Tag>
            ) : (
              <span className={styles.state}>
                <Tag tone="notice">{t('frozen.macro')}</Tag>
                {release('macro', one.macroId, one.name)}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('frozen.release')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {asked && <Release crisisId={crisisId} asked={asked} onDone={() => setAsked(null)} />}
      </Modal>
    </section>
  )
}

function Release({ crisisId, asked, onDone }: { crisisId: string; asked: Asked; onDone(): void }) {
  const t = useTexts('crisis')
  const [reason, setReason] = useState('')
  const release = useMutation(useApi().crisis.frozen.release.mutationOptions(useSaved(onDone)))
  return (
    <Form
      submit={t('frozen.release')}
      busy={release.isPending}
      error={release.error}
      onSubmit={() => release.mutate({ crisisId, what: asked.what, frozenId: asked.frozenId, reason })}
    >
      <p>{asked.name}</p>
      <ReasonField label={t('reason')} value={reason} onChange={setReason} />
    </Form>
  )
}
