import { ActionIcon, Anchor, Checkbox, MultiSelect, Select } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { ACTION_KINDS, PRIORITIES } from '../../../contract/routing-words.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useMay, useWorkspace } from '../../platform/session.ts'
import type { Choices } from './choices.ts'
import { newAction } from './new-parts.ts'
import styles from './routing.module.css'
import type { Action, Assignee, RuleProblem } from './shapes.ts'

interface FieldsProps {
  action: Action
  choices: Choices
  onChange(action: Action): void
}

/** One action: what is done, and with what. */
export function ActionFields(props: FieldsProps & { problem: RuleProblem | undefined; onRemove(): void }) {
  const t = useTexts('inbox')
  const { action, choices, problem, onChange, onRemove } = props
  return (
    <li className={styles.part}>
      <div className={styles.fields}>
        <Select
          aria-label={t('routing.does')}
          className={styles.kind ?? ''}
          data={ACTION_KINDS.map((value) => ({ value, label: t(`routing.action.${value}`) }))}
          value={action.do}
          allowDeselect={false}
          onChange={(kind) => kind && onChange(newAction(kind as Action['do'], choices))}
        />
        <div className={styles.value} data-wide>
          <Details action={action} choices={choices} onChange={onChange} />
        </div>
        <ActionIcon onClick={onRemove} aria-label={t('routing.removeAction')}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </div>
      {problem && <p className={styles.problem}>{t(`routing.problem.${problem.code}`)}</p>}
    </li>
  )
}

function Details({ action, choices, onChange }: FieldsProps) {
  const t = useTexts('inbox')
  switch (action.do) {
    case 'assign':
      return <AssignFields to={action.to} choices={choices} onChange={(to) => onChange({ ...action, to })} />
    case 'priority':
      return (
        <Select
          aria-label={t('routing.priority')}
          data={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
          value={action.priority}
          allowDeselect={false}
          onChange={(priority) => priority && onChange({ ...action, priority: priority as typeof action.priority })}
        />
      )
    case 'tag':
      return (
        <MultiSelect
          aria-label={t('routing.tags')}
          placeholder={action.tagIds.length === 0 ? t('routing.tags') : ''}
          data={choices.tags}
          value={action.tagIds}
          maxValues={20}
          searchable
          onChange={(tagIds) => onChange({ ...action, tagIds })}
        />
      )
    case 'clock':
      return (
        <Named
          label={t('routing.promise')}
          options={choices.promises}
          value={action.clockPolicyId}
          onChange={(clockPolicyId) => onChange({ ...action, clockPolicyId })}
        />
      )
    case 'webhook':
      return (
        <Named
          label={t('routing.webhook')}
          options={choices.webhooks}
          value={action.webhookId}
          onChange={(webhookId) => onChange({ ...action, webhookId })}
        />
      )
    default:
      return <p className={styles.quiet}>{t(`routing.explained.${action.do}`)}</p>
  }
}

interface AssignProps {
  to: Assignee
  choices: Choices
  onChange(to: Assignee): void
}

const TO = ['skill', 'team', 'member'] as const

function AssignFields({ to, choices, onChange }: AssignProps) {
  const t = useTexts('inbox')
  const first = (options: { value: string }[]) => options[0]?.value ?? ''
  const begin = (kind: (typeof TO)[number]): Assignee => {
    if (kind === 'team') return { kind, teamId: first(choices.teams) }
    if (kind === 'member') return { kind, memberId: first(choices.members) }
    return { kind, teamId: null, language: true, product: null }
  }
  return (
    <>
      <Select
        aria-label={t('routing.assignTo')}
        data={TO.map((value) => ({ value, label: t(`routing.to.${value}`) }))}
        value={to.kind}
        allowDeselect={false}
        onChange={(kind) => kind && onChange(begin(kind as (typeof TO)[number]))}
      />
      {to.kind === 'member' && (
        <Named
          label={t('routing.member')}
          options={choices.members}
          value={to.memberId}
          onChange={(memberId) => onChange({ ...to, memberId })}
        />
      )}
      {to.kind === 'team' &&
        (choices.teams.length === 0 && to.teamId === '' ? (
          <NoTeam />
        ) : (
          <Named
            label={t('routing.team')}
            options={choices.teams}
            value={to.teamId}
            onChange={(teamId) => onChange({ ...to, teamId })}
          />
        ))}
      {to.kind === 'skill' && <SkillFields to={to} choices={choices} onChange={onChange} />}
    </>
  )
}

/** An empty list would not say why it is empty. */
function NoTeam() {
  const t = useTexts('inbox')
  const { slug } = useWorkspace()
  const mayMake = useMay('members.manage')
  return (
    <p className={styles.quiet}>
      {t('routing.noTeam')}{' '}
      {mayMake && (
        <Anchor
          underline="always"
          renderRoot={(props) => <Link to="/w/$slug/settings/teams" params={{ slug }} {...props} />}
        >
          {t('routing.toTeams')}
        </Anchor>
      )}
    </p>
  )
}

function SkillFields({ to, choices, onChange }: AssignProps & { to: Extract<Assignee, { kind: 'skill' }> }) {
  const t = useTexts('inbox')
  return (
    <>
      {(choices.teams.length > 0 || to.teamId) && (
        <Select
          aria-label={t('routing.team')}
          placeholder={t('routing.anyTeam')}
          data={choices.teams}
          value={to.teamId}
          clearable
          onChange={(teamId) => onChange({ ...to, teamId })}
        />
      )}
      {(choices.products.length > 0 || to.product) && (
        <Select
          aria-label={t('routing.product')}
          placeholder={t('routing.anyProduct')}
          data={[...new Set([...choices.products, ...(to.product ? [to.product] : [])])]}
          value={to.product}
          clearable
          onChange={(product) => onChange({ ...to, product })}
        />
      )}
      <Checkbox
        label={t('routing.ofLanguage')}
        checked={to.language}
        onChange={(event) => onChange({ ...to, language: event.currentTarget.checked })}
      />
    </>
  )
}

interface NamedProps {
  label: string
  options: { value: string; label: string }[]
  value: string
  onChange(value: string): void
}

const Named = ({ label, options, value, onChange }: NamedProps) => (
  <Select
    aria-label={label}
    placeholder={label}
    data={options}
    value={value || null}
    allowDeselect={false}
    searchable
    onChange={(picked) => picked && onChange(picked)}
  />
)
