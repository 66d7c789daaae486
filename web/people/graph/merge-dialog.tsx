import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { ChoosePerson } from './choose-person.tsx'
import { DialogStep, GraphDialog } from './graph-dialog.tsx'
import { GroundsFields, NO_GROUNDS } from './grounds-fields.tsx'
import { ActPreview } from './preview-view.tsx'
import { useGraphDone } from './use-graph-done.ts'

interface MergedPerson {
  personId: string
  name: string
}

interface MergeDialogProps {
  person: MergedPerson
  /** Chosen already, such as from a suggestion; absent: looked for first. */
  other?: MergedPerson
  onClose(): void
  /** Whom they are now. */
  onMerged?(personId: string): void
}

/** Says that two persons are the same one: who it is, what comes together, and why. */
export function MergeDialog({ person, other: given, onClose, onMerged }: MergeDialogProps) {
  const t = useTexts('people')
  const [other, setOther] = useState<MergedPerson | null>(given ?? null)
  return (
    <GraphDialog title={t('graph.merge.title', { person: person.name })} onClose={onClose}>
      {other ? (
        <StateMerge
          person={person}
          other={other}
          onClose={onClose}
          onBack={given ? null : () => setOther(null)}
          {...(onMerged ? { onMerged } : {})}
        />
      ) : (
        <ChoosePerson except={person.personId} label={t('graph.merge.choose')} onChoose={setOther} />
      )}
    </GraphDialog>
  )
}

interface StateMergeProps {
  person: MergedPerson
  other: MergedPerson
  onClose(): void
  onBack: (() => void) | null
  onMerged?(personId: string): void
}

/** What the merge would do, and why it is done. */
export function StateMerge({ person, other, onClose, onBack, onMerged }: StateMergeProps) {
  const t = useTexts('people')
  const api = useApi()
  const done = useGraphDone()
  const [grounds, setGrounds] = useState(NO_GROUNDS)
  const personIds = [person.personId, other.personId]
  const merge = useMutation(
    api.people.graph.merge.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ personId, operationId }) => {
        onClose()
        onMerged?.(personId)
        await done(t('graph.merge.done', { person: person.name, other: other.name }), operationId)
      },
    }),
  )
  return (
    <DialogStep>
      <ActPreview act={{ kind: 'merge', personIds }} />
      <Form
        submit={t('graph.merge.action')}
        busy={merge.isPending}
        error={merge.error}
        beside={onBack && <Button onClick={onBack}>{t('graph.merge.another')}</Button>}
        onSubmit={() => merge.mutate({ personIds, ...grounds, evidence: grounds.evidence.trim() })}
      >
        <GroundsFields label={t('graph.merge.why')} value={grounds} onChange={setGrounds} />
      </Form>
    </DialogStep>
  )
}
