import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTexts } from '../platform/i18n.ts'
import styles from './crisis.module.css'
import type { Playbook } from './shapes.ts'

type Step = Playbook['steps'][number]
const STEPS_MAX = 50

/** Steps in order; each keeps its key, so that two who look at the same checklist mean the same step. */
export function StepsField({ steps, onChange }: { steps: Step[]; onChange(steps: Step[]): void }) {
  const t = useTexts('crisis')
  const set = (key: string, change: Partial<Step>) =>
    onChange(steps.map((step) => (step.key === key ? { ...step, ...change } : step)))
  const add = () => onChange([...steps, { key: freshKey(steps), text: '', who: '' }])
  return (
    <fieldset className={styles.checks}>
      <legend>{t('steps.title')}</legend>
      {steps.map((step, index) => (
        <div key={step.key} className={styles.stepFields}>
          <TextInput
            aria-label={t('steps.text', { number: index + 1 })}
            placeholder={t('steps.text', { number: index + 1 })}
            value={step.text}
            onChange={(event) => set(step.key, { text: event.currentTarget.value })}
            maxLength={500}
            required
          />
          <TextInput
            aria-label={t('steps.who')}
            placeholder={t('steps.who')}
            value={step.who}
            onChange={(event) => set(step.key, { who: event.currentTarget.value })}
            maxLength={200}
          />
          <ActionIcon
            aria-label={t('steps.remove', { number: index + 1 })}
            disabled={steps.length === 1}
            onClick={() => onChange(steps.filter(({ key }) => key !== step.key))}
          >
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      <Button onClick={add} disabled={steps.length >= STEPS_MAX}>
        {t('steps.add')}
      </Button>
    </fieldset>
  )
}

function freshKey(steps: readonly Step[]): string {
  let number = steps.length + 1
  while (steps.some(({ key }) => key === `step-${number}`)) number++
  return `step-${number}`
}
