import { Button, Checkbox, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './alarms.module.css'
import type { AlarmRule } from './alarms-query.ts'

type Webhook = AlarmRule['webhook']

interface WebhookFieldsProps {
  topicId: string
  /** As the server has it: only that can be tested. */
  saved: Webhook
  webhook: Webhook
  tries: AlarmRule['webhookTries']
  onChange(webhook: Webhook): void
  onSecret(secret: string): void
}

/** Where a machine is told, and how that went lately. */
export function WebhookFields({ topicId, saved, webhook, tries, onChange, onSecret }: WebhookFieldsProps) {
  const t = useTexts('measurement')
  const api = useApi()
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: api.measurement.alarms.rule.key() })
  const test = useMutation(api.measurement.alarms.testWebhook.mutationOptions({ onSettled }))
  const renew = useMutation(
    api.measurement.alarms.renewSecret.mutationOptions({ onSuccess: ({ webhookSecret }) => onSecret(webhookSecret) }),
  )
  const isSaved = saved !== null && webhook?.url === saved.url
  return (
    <div className={styles.part}>
      <TextInput
        label={t('alarms.webhook.url')}
        type="url"
        placeholder="https://"
        value={webhook?.url ?? ''}
        onChange={(event) => {
          const url = event.currentTarget.value.trim()
          onChange(url === '' ? null : { url, withContent: webhook?.withContent ?? false })
        }}
      />
      {webhook && (
        <Checkbox
          label={t('alarms.webhook.content')}
          description={t('alarms.webhook.contentWhy')}
          checked={webhook.withContent}
          onChange={(event) => onChange({ ...webhook, withContent: event.currentTarget.checked })}
        />
      )}
      {isSaved && (
        <div className={styles.buttons}>
          <Button onClick={() => test.mutate({ topicId })} loading={test.isPending}>
            {t('alarms.webhook.test')}
          </Button>
          <Button variant="subtle" onClick={() => renew.mutate({ topicId })} loading={renew.isPending}>
            {t('alarms.webhook.renew')}
          </Button>
        </div>
      )}
      {tries.length > 0 && <Tries tries={tries} />}
    </div>
  )
}

function Tries({ tries }: { tries: AlarmRule['webhookTries'] }) {
  const t = useTexts('measurement')
  const tone = { waiting: 'notice', sent: 'good', failed: 'urgent' } as const
  return (
    <ul className={styles.findings} aria-label={t('alarms.webhook.tries')}>
      {tries.map(({ messageId, because, state, status, failure, attempts, at }) => (
        <li key={messageId}>
          <Tag tone={tone[state]}>{t(`alarms.webhook.states.${state}`)}</Tag> {t(`alarms.webhook.because.${because}`)}{' '}
          <span className={styles.quiet}>
            <TimeAgo time={at} />
            {status !== null && ` · HTTP ${status}`}
            {failure !== null && status === null && ` · ${failure}`}
            {attempts > 1 && ` · ${t('alarms.webhook.attempts', { count: attempts })}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Stands until it is said to be put away: nobody can show it again. */
export function WebhookSecret({ secret, onTaken }: { secret: string; onTaken(): void }) {
  const t = useTexts('measurement')
  return (
    <div className={styles.secret} role="status">
      <p>{t('alarms.webhook.secret')}</p>
      <code>{secret}</code>
      <div className={styles.buttons}>
        <CopyButton text={secret} label={t('alarms.webhook.copy')} />
        <Button onClick={onTaken}>{t('alarms.webhook.secretTaken')}</Button>
      </div>
    </div>
  )
}
