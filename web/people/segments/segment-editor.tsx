import { Button, Radio, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import type { Segment } from '../shapes.ts'
import { ConditionFields } from './condition-fields.tsx'
import { type Condition, firstCondition, isComplete, type SegmentRule } from './conditions.ts'
import { useCountText } from './count-text.ts'
import { SegmentPersons } from './segment-persons.tsx'
import styles from './segments.module.css'

const TYPING_PAUSE_MS = 350
const CONDITIONS_MAX = 20

interface SegmentEditorProps {
  /** Null: a new one. */
  segment: Segment | null
  /** With the id of what was saved; without, when it was left. */
  onDone(segmentId?: string): void
}

/** A name, conditions, and beside them whom they hold: counted anew while one types. */
export function SegmentEditor({ segment, onDone }: SegmentEditorProps) {
  const t = useTexts('people')
  const [name, setName] = useState(segment?.name ?? '')
  const [purpose, setPurpose] = useState(segment?.purpose ?? '')
  const [rule, setRule] = useState<SegmentRule>(segment?.rule ?? { match: 'all', conditions: [firstCondition()] })
  const { save, busy, error } = useSave(segment, onDone)
  const { conditions } = rule
  const complete = conditions.every(isComplete)
  const change = (at: number, condition: Condition) =>
    setRule({ ...rule, conditions: conditions.map((each, index) => (index === at ? condition : each)) })
  return (
    <div className={styles.editor}>
      <Form
        submit={t('save')}
        busy={busy}
        error={error}
        beside={<Button onClick={() => onDone()}>{t('ui:cancel')}</Button>}
        onSubmit={() => complete && save({ name: name.trim(), purpose: purpose.trim(), rule })}
      >
        <TextInput
          label={t('segments.name')}
          value={name}
          maxLength={100}
          required
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label={t('segments.purpose')}
          description={t('segments.purposeWhy')}
          value={purpose}
          maxLength={500}
          autosize
          onChange={(event) => setPurpose(event.currentTarget.value)}
        />
        <Radio.Group
          label={t('segments.match')}
          value={rule.match}
          onChange={(match) => setRule({ ...rule, match: match as SegmentRule['match'] })}
        >
          <div className={styles.radios}>
            <Radio value="all" label={t('segments.matchAll')} />
            <Radio value="any" label={t('segments.matchAny')} />
          </div>
        </Radio.Group>
        <ul className={styles.conditions}>
          {conditions.map((condition, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition is known by its place; its field can be changed.
            <li key={at}>
              <ConditionFields
                condition={condition}
                onChange={(changed) => change(at, changed)}
                onRemove={
                  conditions.length === 1
                    ? null
                    : () => setRule({ ...rule, conditions: conditions.filter((_, index) => index !== at) })
                }
              />
            </li>
          ))}
        </ul>
        {conditions.length < CONDITIONS_MAX && (
          <Button
            size="compact-sm"
            w="fit-content"
            onClick={() => setRule({ ...rule, conditions: [...conditions, firstCondition()] })}
          >
            {t('segments.addCondition')}
          </Button>
        )}
      </Form>
      {complete && <Preview rule={rule} />}
    </div>
  )
}

function useSave(segment: Segment | null, onDone: (segmentId?: string) => void) {
  const api = useApi()
  const queries = useQueryClient()
  const done = async (segmentId: string) => {
    await queries.invalidateQueries({ queryKey: api.people.key() })
    onDone(segmentId)
  }
  const create = useMutation(
    api.people.segments.create.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: ({ segmentId }) => done(segmentId),
    }),
  )
  const update = useMutation(
    api.people.segments.update.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: () => done(segment?.segmentId ?? ''),
    }),
  )
  return {
    busy: create.isPending || update.isPending,
    error: create.error ?? update.error,
    save: (saved: { name: string; purpose: string; rule: SegmentRule }) =>
      segment ? update.mutate({ segmentId: segment.segmentId, ...saved }) : create.mutate(saved),
  }
}

/** How many, and the ones with the highest value. */
function Preview({ rule }: { rule: SegmentRule }) {
  const t = useTexts('people')
  const countText = useCountText()
  const [asked] = useDebouncedValue(rule, TYPING_PAUSE_MS)
  const { data } = useQuery({
    ...useApi().people.segments.preview.queryOptions({ input: { rule: asked } }),
    enabled: asked.conditions.every(isComplete),
    placeholderData: keepPreviousData,
  })
  if (!data) return null
  return (
    <section className={styles.preview} aria-label={t('segments.preview')}>
      <h3 className={styles.title} role="status">
        {countText(data.count)}
      </h3>
      <SegmentPersons persons={data.persons} />
    </section>
  )
}
