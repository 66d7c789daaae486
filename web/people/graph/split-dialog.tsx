import { Checkbox } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AuthorLine } from '../../listening/author-line.tsx'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import styles from './graph.module.css'
import { GraphDialog } from './graph-dialog.tsx'
import { GroundsFields, NO_GROUNDS } from './grounds-fields.tsx'
import { ActPreview } from './preview-view.tsx'
import { useGraphDone } from './use-graph-done.ts'

interface SplitDialogProps {
  person: { personId: string; name: string }
  onClose(): void
}

/** Gives some identities of a person to a new one: which, what comes of it, and why. */
export function SplitDialog({ person, onClose }: SplitDialogProps) {
  const t = useTexts('people')
  const api = useApi()
  const done = useGraphDone()
  const [chosen, setChosen] = useState<string[]>([])
  const [grounds, setGrounds] = useState(NO_GROUNDS)
  const members = useQuery(api.people.graph.members.queryOptions({ input: { personId: person.personId } }))
  const split = useMutation(
    api.people.graph.split.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ operationId }) => {
        onClose()
        await done(t('graph.split.done', { person: person.name, count: chosen.length }), operationId)
      },
    }),
  )
  const own = (members.data?.links ?? []).filter(({ shared }) => !shared)
  const fits = chosen.length > 0 && chosen.length < own.length
  const input = { personId: person.personId, authorIds: chosen }
  return (
    <GraphDialog title={t('graph.split.title', { person: person.name })} onClose={onClose}>
      {members.error && <QueryError error={members.error} onRetry={() => void members.refetch()} />}
      {!members.data && !members.error && <RowSkeletons />}
      {members.data && own.length < 2 && <p className={styles.quiet}>{t('graph.split.single')}</p>}
      {own.length > 1 && (
        <Checkbox.Group
          label={t('graph.split.choose')}
          description={t('graph.split.notAll')}
          value={chosen}
          onChange={setChosen}
        >
          <div className={styles.radios}>
            {own.map(({ author }) => (
              <Checkbox key={author.authorId} value={author.authorId} label={<AuthorLine author={author} />} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {fits && (
        <>
          <ActPreview act={{ kind: 'split', ...input }} />
          <Form
            submit={t('graph.split.action')}
            busy={split.isPending}
            error={split.error}
            onSubmit={() => split.mutate({ ...input, ...grounds, evidence: grounds.evidence.trim() })}
          >
            <GroundsFields label={t('graph.split.why')} value={grounds} onChange={setGrounds} />
          </Form>
        </>
      )}
    </GraphDialog>
  )
}
