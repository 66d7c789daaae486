import { ActionIcon, Button, NumberInput, Select } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ClockName, STEP_ACTIONS, STEP_TIMES, STEPS_MAX } from '../../../../contract/clock-words.ts'
import { ROLES } from '../../../../contract/permissions.ts'
import { useTexts } from '../../../platform/i18n.ts'
import { useApi, useMay } from '../../../platform/session.ts'
import styles from '../settings.module.css'
import type { Step } from './clock-shapes.ts'
import { MinutesField } from './minutes-field.tsx'

interface LadderProps {
  clock: ClockName
  value: Step[]
  onChange(value: Step[]): void
}

/** What happens by itself before and after the due time, each step once for a wait. */
export function LadderField({ clock, value, onChange }: LadderProps) {
  const t = useTexts('accounts')
  const put = (at: number, part: Partial<Step>) =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...part } : one)))
  const add = () =>
    onChange([...value, { name: freeName(value), at: { when: 'before', minutes: 10 }, action: { do: 'warn' } }])
  return (
    <fieldset className={styles.daysOff}>
      <legend className={styles.strong}>{t(`clocks.ladder.${clock}`)}</legend>
      {value.map((step, index) => (
        <div key={step.name} className={styles.inline}>
          <When value={step.at} onChange={(at) => put(index, { at })} />
          <Action value={step.action} onChange={(action) => put(index, { action })} />
          <ActionIcon
            size={30}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
            aria-label={t('clocks.stepRemove', { place: index + 1 })}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {value.length < STEPS_MAX && (
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={12} aria-hidden />} onClick={add}>
          {t('clocks.stepAdd')}
        </Button>
      )}
    </fieldset>
  )
}

/** A step keeps its name when the ladder is changed: by it is known what was done. */
function freeName(steps: Step[]): string {
  const taken = new Set(steps.map(({ name }) => name))
  for (let number = steps.length + 1; ; number++) if (!taken.has(`step-${number}`)) return `step-${number}`
}

function When({ value, onChange }: { value: Step['at']; onChange(value: Step['at']): void }) {
  const t = useTexts('accounts')
  const choose = (when: string | null) => {
    if (when === 'due') onChange({ when })
    else if (when === 'spent') onChange({ when, percent: 80 })
    else if (when === 'before' || when === 'after') onChange({ when, minutes: 'minutes' in value ? value.minutes : 10 })
  }
  return (
    <>
      <Select
        label={t('clocks.when.title')}
        data={STEP_TIMES.map((when) => ({ value: when, label: t(`clocks.when.${when}`) }))}
        value={value.when}
        onChange={choose}
        allowDeselect={false}
      />
      {'minutes' in value && (
        <MinutesField
          label={t('clocks.byHowMuch')}
          value={value.minutes}
          onChange={(minutes) => onChange({ ...value, minutes })}
        />
      )}
      {'percent' in value && (
        <NumberInput
          label={t('clocks.percent')}
          value={value.percent}
          min={1}
          max={99}
          suffix=" %"
          onChange={(percent) => onChange({ ...value, percent: Math.round(Number(percent)) || 1 })}
          w={90}
          required
        />
      )}
    </>
  )
}

function Action({ value, onChange }: { value: Step['action']; onChange(value: Step['action']): void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const teams = useQuery(api.accounts.teams.list.queryOptions({ input: {} })).data?.items ?? []
  const mayReadRoles = useMay('members.read')
  const roles = useQuery({ ...api.accounts.roles.list.queryOptions({ input: {} }), enabled: mayReadRoles })
  const ownRoles = roles.data?.items ?? []
  const choose = (action: string | null) => {
    if (action === 'escalate') onChange({ do: action, to: { role: 'lead' } })
    else if (action === 'warn' || action === 'return-to-queue' || action === 'reassign') onChange({ do: action })
  }
  return (
    <>
      <Select
        label={t('clocks.action.title')}
        data={STEP_ACTIONS.map((action) => ({ value: action, label: t(`clocks.action.${action}`) }))}
        value={value.do}
        onChange={choose}
        allowDeselect={false}
        w={235}
      />
      {value.do === 'escalate' && (
        <Select
          label={t('clocks.to')}
          data={[
            {
              group: t('clocks.roles'),
              items: [
                ...ROLES.map((role) => ({ value: role, label: t(`role.${role}.name`) })),
                ...ownRoles.map(({ roleId, name }) => ({ value: roleId, label: name })),
              ],
            },
            { group: t('clocks.teams'), items: teams.map(({ teamId, name }) => ({ value: teamId, label: name })) },
          ]}
          value={idOf(value.to)}
          onChange={(chosen) => {
            if (!chosen) return
            const role = ROLES.find((one) => one === chosen)
            const isOwnRole = ownRoles.some(({ roleId }) => roleId === chosen)
            onChange({ do: 'escalate', to: role ? { role } : isOwnRole ? { roleId: chosen } : { teamId: chosen } })
          }}
          allowDeselect={false}
        />
      )}
    </>
  )
}

type Escalated = Extract<Step['action'], { do: 'escalate' }>['to']

const idOf = (to: Escalated): string => ('role' in to ? to.role : 'roleId' in to ? to.roleId : to.teamId)
