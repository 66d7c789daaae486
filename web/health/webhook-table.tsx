import { Link } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import { useMay, useWorkspace } from '../platform/session.ts'
import { Tag, type Tone } from '../ui/tag.tsx'
import styles from './health.module.css'
import { Moment, Table } from './health-tables.tsx'
import type { Health } from './troubles.ts'

const WEBHOOK_TONES: Record<string, Tone> = { on: 'good', stopped: 'urgent' }

export function Webhooks({ webhooks }: { webhooks: Health['webhooks'] }) {
  const t = useTexts('health')
  const { slug } = useWorkspace()
  const mayChange = useMay('keys.manage')
  const rows = webhooks.map(({ webhookId, name, state, failingSince, lastFailure, lastTriedAt }) => {
    const isFailing = state === 'on' && failingSince !== null
    return {
      id: webhookId,
      name: mayChange ? (
        <Link to="/w/$slug/settings/webhooks" params={{ slug }}>
          {name}
        </Link>
      ) : (
        name
      ),
      cells: [
        {
          header: t('column.state'),
          value: (
            <>
              <Tag tone={isFailing ? 'notice' : (WEBHOOK_TONES[state] ?? 'neutral')}>
                {isFailing ? t('state.retrying') : t(`webhook.${state}`)}
              </Tag>
              {failingSince && lastFailure && <div className={styles.failure}>{lastFailure}</div>}
            </>
          ),
        },
        { header: t('column.failingSince'), value: <Moment at={failingSince} /> },
        { header: t('column.lastTried'), value: <Moment at={lastTriedAt} /> },
      ],
    }
  })
  return <Table label={t('part.webhooks.title')} first={t('column.webhook')} rows={rows} />
}
