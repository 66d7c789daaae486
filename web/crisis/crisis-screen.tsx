import { Button, Checkbox, Modal, Textarea } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { Place } from '../ui/place.tsx'
import { Tag } from '../ui/tag.tsx'
import styles from './crisis.module.css'
import { CrisisFigures } from './crisis-figures.tsx'
import { CrisisLog } from './crisis-log.tsx'
import { Frozen } from './frozen.tsx'
import { useSaved } from './saved.ts'
import type { Crisis } from './shapes.ts'
import { UsableStatements } from './usable-statements.tsx'

/** A crisis while it goes on; afterwards the same page is its report, made to be printed. */
export function CrisisScreen() {
  const t = useTexts('crisis')
  const { slug, crisisId } = useParams({ from: '/w/$slug/crisis/$crisisId' })
  const navigate = useNavigate()
  const crisis = useSuspenseQuery(useApi().crisis.get.queryOptions({ input: { crisisId } })).data
  const mayEnd = useMay('crisis.declare')
  const [ending, setEnding] = useState(false)
  const isOver = crisis.endedAt !== null
  const action = isOver ? (
    <Button leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
      {t('report.print')}
    </Button>
  ) : (
    mayEnd && (
      <Button variant="filled" onClick={() => setEnding(true)}>
        {t('end.action')}
      </Button>
    )
  )
  return (
    <Place
      title={crisis.name}
      beside={isOver ? <Tag>{t('state.over')}</Tag> : <Tag tone="urgent">{t('state.open')}</Tag>}
      onBack={() => void navigate({ to: '/w/$slug/crisis', params: { slug } })}
      action={action}
    >
      {/* Whatever scrolls must be reachable by keyboard, and a report holds nothing else. */}
      <section className={styles.column} {...(isOver ? { tabIndex: 0 } : {})} aria-label={crisis.name}>
        <Facts crisis={crisis} />
        {isOver && crisis.lessons && (
          <section>
            <h2>{t('report.lessons')}</h2>
            <p className={styles.written}>{crisis.lessons}</p>
          </section>
        )}
        {!isOver && <Frozen crisis={crisis} />}
        {!isOver && <UsableStatements topicId={crisis.topicId} />}
        <Checklist crisis={crisis} />
        <CrisisLog crisis={crisis} />
        <CrisisFigures crisis={crisis} />
      </section>
      <Modal
        opened={ending}
        onClose={() => setEnding(false)}
        title={t('end.action')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        <AllClear crisisId={crisisId} onDone={() => setEnding(false)} />
      </Modal>
    </Place>
  )
}

function Facts({ crisis }: { crisis: Crisis }) {
  const t = useTexts('crisis')
  const formats = useFormats()
  const frozen = (['posts', 'automatic', 'macros'] as const).filter((what) => crisis.freezes[what])
  const facts: [string, ReactNode][] = [
    [t('fact.scope'), crisis.topicName ? t('scope.topic', { topic: crisis.topicName }) : t('scope.workspace')],
    [t('fact.group'), crisis.teamName ?? t('declare.noGroup')],
    [t('fact.declared'), said(formats.toTheMinute(crisis.declaredAt), crisis.declaredByName)],
    ...(crisis.endedAt
      ? [[t('fact.ended'), said(formats.toTheMinute(crisis.endedAt), crisis.endedByName)] as [string, ReactNode]]
      : []),
    [
      t('freeze.title'),
      frozen.length === 0 ? (
        t('freeze.nothing')
      ) : (
        <span key="frozen" className={styles.actions}>
          {frozen.map((what) => (
            <Tag key={what}>{t(`freeze.${what}`)}</Tag>
          ))}
        </span>
      ),
    ],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const said = (time: string, name: string | null): string => (name ? `${time} · ${name}` : time)

function Checklist({ crisis }: { crisis: Crisis }) {
  const t = useTexts('crisis')
  const formats = useFormats()
  const tick = useMutation(useApi().crisis.tick.mutationOptions({ ...useSaved(), meta: {} }))
  if (crisis.steps.length === 0) return null
  const isFixed = !crisis.mayAct || crisis.endedAt !== null
  return (
    <section>
      <h2>{t('steps.title')}</h2>
      <ol className={styles.rows}>
        {crisis.steps.map((step) => (
          <li key={step.key} className={styles.row}>
            {isFixed ? (
              <span className={styles.main}>
                {step.text}
                <span className={styles.quiet}>{step.who}</span>
              </span>
            ) : (
              <Checkbox
                className={styles.main}
                checked={step.doneAt !== null}
                disabled={tick.isPending}
                label={step.text}
                description={step.who}
                onChange={(event) =>
                  tick.mutate({ crisisId: crisis.crisisId, key: step.key, done: event.currentTarget.checked })
                }
              />
            )}
            {step.doneAt && <span className={styles.quiet}>{formats.clock(step.doneAt)}</span>}
            {isFixed && (
              <Tag tone={step.doneAt ? 'good' : 'neutral'}>{t(step.doneAt ? 'steps.ticked' : 'steps.open')}</Tag>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function AllClear({ crisisId, onDone }: { crisisId: string; onDone(): void }) {
  const t = useTexts('crisis')
  const [lessons, setLessons] = useState('')
  const end = useMutation(useApi().crisis.end.mutationOptions(useSaved(onDone, t('end.done'))))
  return (
    <Form
      submit={t('end.submit')}
      busy={end.isPending}
      error={end.error}
      onSubmit={() => end.mutate({ crisisId, lessons })}
    >
      <p>{t('end.why')}</p>
      <Textarea
        label={t('report.lessons')}
        value={lessons}
        onChange={(event) => setLessons(event.currentTarget.value)}
        autosize
        minRows={4}
        maxLength={5_000}
        data-autofocus
      />
    </Form>
  )
}
