import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useAuthorName } from '../../listening/author-line.tsx'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import type { FoundPerson, Link } from '../shapes.ts'
import { ChoosePerson } from './choose-person.tsx'
import { DialogStep, GraphDialog } from './graph-dialog.tsx'
import { GroundsFields, NO_GROUNDS } from './grounds-fields.tsx'
import { ActPreview } from './preview-view.tsx'
import { useGraphDone } from './use-graph-done.ts'

type LinkTold = Pick<Link, 'author' | 'person'>

/** Gives one identity to another person. */
export function MoveDialog({ link, onClose }: { link: LinkTold; onClose(): void }) {
  const t = useTexts('people')
  const nameOf = useAuthorName()
  const [target, setTarget] = useState<FoundPerson | null>(null)
  return (
    <GraphDialog title={t('graph.move.title', { account: nameOf(link.author) })} onClose={onClose}>
      {target ? (
        <StateMove
          author={{ authorId: link.author.authorId, name: nameOf(link.author) }}
          target={target}
          onClose={onClose}
          onBack={() => setTarget(null)}
        />
      ) : (
        <ChoosePerson except={link.person.personId} label={t('graph.move.choose')} onChoose={setTarget} />
      )}
    </GraphDialog>
  )
}

interface StateMoveProps {
  author: { authorId: string; name: string }
  target: { personId: string; name: string }
  onClose(): void
  onBack(): void
}

/** What moving it would do, and why it is done. */
export function StateMove({ author, target, onClose, onBack }: StateMoveProps) {
  const t = useTexts('people')
  const api = useApi()
  const done = useGraphDone()
  const [grounds, setGrounds] = useState(NO_GROUNDS)
  const { authorId } = author
  const { personId } = target
  const move = useMutation(
    api.people.graph.move.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ operationId }) => {
        onClose()
        await done(t('graph.move.done', { account: author.name, person: target.name }), operationId)
      },
    }),
  )
  return (
    <DialogStep>
      <ActPreview act={{ kind: 'move', authorId, personId }} />
      <Form
        submit={t('graph.move.action')}
        busy={move.isPending}
        error={move.error}
        beside={<Button onClick={onBack}>{t('graph.merge.another')}</Button>}
        onSubmit={() => move.mutate({ authorId, personId, ...grounds, evidence: grounds.evidence.trim() })}
      >
        <GroundsFields label={t('graph.move.why')} value={grounds} onChange={setGrounds} />
      </Form>
    </DialogStep>
  )
}
