import { ActionIcon, Button, Select } from '@mantine/core'
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { CLOCKS, TARGETS_MAX } from '../../../../contract/clock-words.ts'
import { PRIORITIES } from '../../../../contract/routing-words.ts'
import { useTexts } from '../../../platform/i18n.ts'
import { useApi, useMay } from '../../../platform/session.ts'
import styles from '../settings.module.css'
import type { Target } from './clock-shapes.ts'
import { MinutesField } from './minutes-field.tsx'

const USUAL_MINUTES = 60

/** What is promised, in order: the first line that fits a conversation decides. */
export function TargetsField({ value, onChange }: { value: Target[]; onChange(value: Target[]): void }) {
  const t = useTexts('accounts')
  const mayReadPeople = useMay('people.read')
  const { data } = useQuery({
    ...useApi().people.segments.list.queryOptions({ input: { counts: 'false' } }),
    enabled: mayReadPeople,
  })
  const segments = data?.items ?? []
  const put = (at: number, target: Target) => onChange(value.map((one, index) => (index === at ? target : one)))
  const up = (at: number) => {
    const moved = [...value]
    const [target] = moved.splice(at, 1)
    if (target) moved.splice(at - 1, 0, target)
    onChange(moved)
  }
  return (
    <fieldset className={styles.daysOff}>
      <legend className={styles.strong}>{t('clocks.targets')}</legend>
      <p className={styles.muted}>{t('clocks.targetsWhy')}</p>
      {value.map((target, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: targets have no other name than their place.
        <div key={index} className={styles.inline}>
          <Select
            label={t('clocks.clockIs')}
            data={CLOCKS.map((clock) => ({ value: clock, label: t(`clocks.clock.${clock}`) }))}
            value={target.clock}
            onChange={(clock) => clock && put(index, { ...target, clock: clock as Target['clock'] })}
            allowDeselect={false}
          />
          <Select
            label={t('clocks.priorityIs')}
            placeholder={t('clocks.any')}
            data={PRIORITIES.map((priority) => ({ value: priority, label: t(`clocks.priority.${priority}`) }))}
            value={target.priority ?? null}
            onChange={(priority) => put(index, withPart(target, 'priority', priority))}
            clearable
            w={140}
          />
          {(segments.length > 0 || target.segmentId) && (
            <Select
              label={t('clocks.segmentIs')}
              placeholder={t('clocks.anybody')}
              data={segments.map(({ segmentId, name }) => ({ value: segmentId, label: name }))}
              value={target.segmentId ?? null}
              onChange={(segmentId) => put(index, withPart(target, 'segmentId', segmentId))}
              clearable
              w={125}
            />
          )}
          {target.minutes === null ? (
            <span className={styles.muted}>{t('clocks.nothingPromised')}</span>
          ) : (
            <MinutesField
              label={t('clocks.within')}
              value={target.minutes}
              onChange={(minutes) => put(index, { ...target, minutes })}
            />
          )}
          <span className={styles.icons}>
            {index > 0 && (
              <ActionIcon size={30} onClick={() => up(index)} aria-label={t('clocks.targetUp', { place: index + 1 })}>
                <IconArrowUp size={14} />
              </ActionIcon>
            )}
            <ActionIcon
              size={30}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
              aria-label={t('clocks.targetRemove', { place: index + 1 })}
            >
              <IconX size={14} />
            </ActionIcon>
          </span>
        </div>
      ))}
      {value.length < TARGETS_MAX && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={12} aria-hidden />}
          onClick={() => onChange([{ clock: 'first-answer', priority: 'high', minutes: USUAL_MINUTES }, ...value])}
        >
          {t('clocks.targetAdd')}
        </Button>
      )}
    </fieldset>
  )
}

/** Absent keys stay absent: they say "any". */
function withPart(target: Target, key: 'priority' | 'segmentId', chosen: string | null): Target {
  const { [key]: _, ...rest } = target
  return (chosen === null ? rest : { ...rest, [key]: chosen }) as Target
}
