import { IconArrowBackUp, IconUsersGroup } from '@tabler/icons-react'
import { useActorName } from '../../listening/actor-name.ts'
import { useTexts } from '../../platform/i18n.ts'
import { Fact } from '../fact.tsx'
import { useOperationSentence } from './operation-line.tsx'
import type { Operation } from './shapes.ts'

/** On a timeline: an act on the persons, or that it was taken back. */
export function OperationFact({ entry }: { entry: { kind: 'operation' | 'undone'; at: Date; operation: Operation } }) {
  const t = useTexts('people')
  const who = useActorName()
  const { kind, at, operation } = entry
  const actor = kind === 'undone' && operation.undone ? operation.undone.by : operation.by
  return (
    <Fact sign={kind === 'undone' ? IconArrowBackUp : IconUsersGroup} at={at}>
      {t(`graph.facts.${kind}`, { what: useOperationSentence()(operation), who: who(actor) })}
    </Fact>
  )
}
