import { useActorName } from '../../listening/actor-name.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useAccountName } from '../account-name.ts'
import { useSuggestionEvidence } from '../suggestions/suggestion-evidence.ts'
import { useFieldName } from './field-name.ts'
import styles from './graph.module.css'
import type { Operation } from './shapes.ts'

/** An import may begin somebody with hundreds of accounts; these are named. */
const NAMED_MAX = 5

/** What was done, as a sentence; and who took it back, when and why. */
export function OperationLine({ operation }: { operation: Operation }) {
  const t = useTexts('people')
  const who = useActorName()
  const sentence = useOperationSentence()
  const { undone } = operation
  return (
    <div className={styles.operation} data-undone={undone ? true : undefined}>
      <p className={styles.sentence}>{sentence(operation)}</p>
      <p className={styles.quiet}>
        {who(operation.by)}, <TimeAgo time={operation.at} />
        <Grounds operation={operation} />
      </p>
      {undone && (
        <p className={styles.quiet}>
          {t(undone.because ? 'graph.undoneBy' : 'graph.undoneWithout', {
            who: who(undone.by),
            because: undone.because,
          })}
          {' · '}
          <TimeAgo time={undone.at} />
        </p>
      )}
    </div>
  )
}

function Grounds({ operation: { method, legalBasis, evidence } }: { operation: Operation }) {
  const t = useTexts('people')
  const said = typeof evidence.reason === 'string' ? evidence.reason : null
  const suggested = useSuggestionEvidence()(evidence)
  const parts = [
    method && t(`method.${method}`),
    said && t('graph.said', { said }),
    suggested,
    legalBasis && t(`basis.${legalBasis}`),
  ]
  const text = parts.filter((part) => part !== null && part !== '').join(' · ')
  return text === '' ? null : <> · {text}</>
}

export function useOperationSentence(): (operation: Operation) => string {
  const t = useTexts('people')
  const formats = useFormats()
  const nameOf = useAccountName()
  const fieldName = useFieldName()
  return ({ kind, persons, towards, authors, authorCount, fields }) => {
    const called = (person?: Operation['persons'][number]) =>
      person?.erased ? t('graph.erased.person') : person?.name || t('graph.nameless')
    const accountName = (author: Operation['authors'][number]) =>
      author.state === 'gone' && !author.name && !author.handle ? t('graph.erased.account') : nameOf(author)
    const named = authors.slice(0, NAMED_MAX)
    const others = authorCount - named.length
    const accounts = formats.list([
      ...named.map(accountName),
      ...(others > 0 ? [t('graph.did.others', { count: others })] : []),
    ])
    const target = persons.find(({ personId }) => personId === towards) ?? persons[0]
    const from = persons.find(({ personId }) => personId !== target?.personId) ?? target
    const values = { accounts, person: called(target), from: called(from) }
    if (kind === 'merge') return t('graph.did.merge', { persons: formats.list(persons.map(called)) })
    if (kind !== 'field') return t(`graph.did.${kind}`, values)
    return formats.list(
      fields.map(({ field, value }) =>
        value === null
          ? t('graph.did.cleared', { field: fieldName(field) })
          : t('graph.did.field', { field: fieldName(field), value }),
      ),
    )
  }
}
