import { Button } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { NewKeyDialog } from './new-key-dialog.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'

type List = ReturnType<typeof useApi>['accounts']['keys']['list']
type Key = Awaited<ReturnType<List['call']>>['items'][number]

export function KeysScreen() {
  const t = useTexts('accounts')
  const { slug } = useWorkspace()
  const keys = useSuspenseQuery(useApi().accounts.keys.list.queryOptions({ input: {} })).data.items
  const [making, setMaking] = useState(false)
  const [revoked, setRevoked] = useState<Key | null>(null)
  const add = (
    <Button variant="filled" onClick={() => setMaking(true)}>
      {t('keys.new')}
    </Button>
  )
  return (
    <SettingsPlace section="keys" action={keys.length > 0 ? add : null}>
      <p className={styles.note}>
        {t('keys.why')}{' '}
        <Link to="/w/$slug/api" params={{ slug }}>
          {t('keys.reference')}
        </Link>
      </p>
      {keys.length === 0 ? (
        <Empty icon={IconKey} title={t('keys.empty')} action={add}>
          {t('keys.emptyWhy')}
        </Empty>
      ) : (
        <ul className={styles.rows}>
          {keys.map((key) => (
            <KeyRow key={key.apiKeyId} apiKey={key} onRevoke={() => setRevoked(key)} />
          ))}
        </ul>
      )}
      {making && <NewKeyDialog onClose={() => setMaking(false)} />}
      {revoked && <RevokeKey apiKey={revoked} onClose={() => setRevoked(null)} />}
    </SettingsPlace>
  )
}

function KeyRow({ apiKey, onRevoke }: { apiKey: Key; onRevoke: () => void }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const expired = apiKey.expiresAt !== null && apiKey.expiresAt < new Date()
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <span className={styles.strong}>{apiKey.name}</span>
        <span className={styles.muted}>
          <code>{apiKey.prefix}…</code> · {apiKey.scopes.map((scope) => t(`permission.${scope}`)).join(', ')}
        </span>
        <span className={styles.muted}>
          {t('keys.made')} <TimeAgo time={apiKey.createdAt} /> ·{' '}
          {apiKey.lastUsedAt ? (
            <>
              {t('keys.used')} <TimeAgo time={apiKey.lastUsedAt} />
            </>
          ) : (
            t('keys.unused')
          )}
          {apiKey.expiresAt && ` · ${t('keys.until', { date: formats.date(apiKey.expiresAt) })}`}
        </span>
      </span>
      {expired && <Tag tone="neutral">{t('keys.expired')}</Tag>}
      <Button onClick={onRevoke} aria-label={t('keys.revokeOf', { name: apiKey.name })}>
        {t('keys.revoke')}
      </Button>
    </li>
  )
}

function RevokeKey({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const revoke = useMutation(
    api.accounts.keys.revoke.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: () => showDone(t('keys.revoked', { name: apiKey.name })),
      onSettled: () => queries.invalidateQueries({ queryKey: api.accounts.keys.list.key() }),
    }),
  )
  return (
    <ConfirmByName
      opened
      onClose={onClose}
      title={t('keys.revokeOf', { name: apiKey.name })}
      name={apiKey.name}
      action={t('keys.revoke')}
      onConfirm={() => revoke.mutateAsync({ apiKeyId: apiKey.apiKeyId })}
    >
      {t('keys.revokeWhat')}
    </ConfirmByName>
  )
}
