import { Checkbox, MultiSelect, Radio, Switch } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form } from '../../ui/form.tsx'
import styles from './alarms.module.css'
import type { AlarmKind, AlarmRule } from './alarms-query.ts'
import { QuietHoursFields } from './quiet-hours-fields.tsx'
import { WebhookFields, WebhookSecret } from './webhook-fields.tsx'

const KINDS = ['volume', 'negative-share', 'reach', 'single-voice'] as const satisfies AlarmKind[]
const SENSITIVITIES = ['high', 'medium', 'low'] as const

interface RuleFormProps {
  rule: AlarmRule
  /** Of the webhook, while it is shown. Kept above, because the form is drawn anew when the rule changes. */
  secret: string | null
  onSecret(secret: string | null): void
}

/** What is watched, how closely, and who is told when. */
export function RuleForm({ rule, secret, onSecret }: RuleFormProps) {
  const t = useTexts('measurement')
  const api = useApi()
  const queries = useQueryClient()
  const mayManage = useMay('topics.manage')
  const { learning: _learning, webhookTries, ...known } = rule
  const [draft, setDraft] = useState(known)
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const { mutate, isPending, error } = useMutation(
    api.measurement.alarms.changeRule.mutationOptions({
      onSuccess: ({ webhookSecret }) => {
        if (webhookSecret) onSecret(webhookSecret)
        showDone(t('alarms.rule.saved'))
        void queries.invalidateQueries({ queryKey: api.measurement.alarms.key() })
      },
    }),
  )
  return (
    <Form
      submit={mayManage ? t('alarms.rule.save') : null}
      busy={isPending}
      error={error}
      onSubmit={() => mutate(draft)}
    >
      <fieldset disabled={!mayManage} className={styles.rule}>
        <Part title={t('alarms.rule.watch')} why={t('alarms.rule.watchWhy')}>
          <Switch
            label={t('alarms.rule.on')}
            checked={draft.on}
            onChange={(event) => change({ on: event.currentTarget.checked })}
          />
          <Checkbox.Group
            label={t('alarms.rule.kinds')}
            value={draft.kinds}
            onChange={(kinds) => change({ kinds: kinds as AlarmKind[] })}
          >
            {KINDS.map((kind) => (
              <Checkbox
                key={kind}
                value={kind}
                mt={6}
                label={t(`alarms.kinds.${kind}`)}
                description={t(`alarms.kindsWhy.${kind}`)}
              />
            ))}
          </Checkbox.Group>
          <Radio.Group
            label={t('alarms.rule.sensitivity')}
            description={t('alarms.rule.sensitivityWhy')}
            value={draft.sensitivity}
            onChange={(sensitivity) => change({ sensitivity: sensitivity as AlarmRule['sensitivity'] })}
          >
            {SENSITIVITIES.map((value) => (
              <Radio key={value} value={value} mt={6} label={t(`alarms.rule.sensitivities.${value}`)} />
            ))}
          </Radio.Group>
        </Part>
        <Part title={t('alarms.rule.told')} why={t('alarms.rule.toldWhy')}>
          <Members memberIds={draft.memberIds} onChange={(memberIds) => change({ memberIds })} />
          <QuietHoursFields quietHours={draft.quietHours} onChange={(quietHours) => change({ quietHours })} />
        </Part>
        <Part title={t('alarms.webhook.title')} why={t('alarms.webhook.why')}>
          <WebhookFields
            topicId={rule.topicId}
            saved={rule.webhook}
            webhook={draft.webhook}
            tries={webhookTries}
            onChange={(webhook) => change({ webhook })}
            onSecret={onSecret}
          />
          {secret && <WebhookSecret secret={secret} onTaken={() => onSecret(null)} />}
        </Part>
      </fieldset>
    </Form>
  )
}

function Part({ title, why, children }: { title: string; why: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <div>
        <h2 className={styles.heading}>{title}</h2>
        <p className={styles.quiet}>{why}</p>
      </div>
      {children}
    </section>
  )
}

function Members({ memberIds, onChange }: { memberIds: string[]; onChange(memberIds: string[]): void }) {
  const t = useTexts('measurement')
  const members = useSuspenseQuery(useApi().accounts.members.list.queryOptions({ input: {} })).data.items
  return (
    <MultiSelect
      label={t('alarms.rule.members')}
      data={members
        .filter(({ memberId, state }) => state === 'active' || memberIds.includes(memberId))
        .map(({ memberId, name }) => ({ value: memberId, label: name }))}
      value={memberIds}
      onChange={onChange}
      searchable
      placeholder={memberIds.length === 0 ? t('alarms.rule.nobody') : ''}
    />
  )
}
