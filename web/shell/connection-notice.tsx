import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useOffline } from '../platform/live.tsx'
import type { WebModule } from '../platform/module.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import styles from './shell.module.css'

/** One quiet line while the line is down, and for as long as a workspace only plays or only listens. */
export function ConnectionNotice({ modules }: { modules: WebModule[] }) {
  const t = useTexts('shell')
  const offline = useOffline()
  const { mode } = useWorkspace()
  const mayRead = useMay('workspace.read')
  const workspace = useQuery({
    ...useApi().accounts.workspaces.get.queryOptions({ input: {} }),
    enabled: mayRead,
  })
  return (
    <div role="status">
      {offline && <p className={styles.notice}>{t('connection.offline')}</p>}
      {mode === 'drill' && <p className={styles.notice}>{t('drill')}</p>}
      <Suspense>{modules.map(({ name, notice: Notice }) => Notice && <Notice key={name} />)}</Suspense>
      {workspace.data?.kind === 'listen-only' && <p className={styles.notice}>{t('listenOnly')}</p>}
    </div>
  )
}
