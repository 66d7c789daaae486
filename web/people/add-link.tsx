import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { GraphDialog } from './graph/graph-dialog.tsx'
import { ChooseIdentity } from './linking/choose-identity.tsx'
import { LinkChosen } from './linking/link-chosen.tsx'
import type { Chosen } from './linking/shapes.ts'
import type { Person } from './shapes.ts'

/**
 * An account is looked for, or contact data typed, and then somebody states why it is theirs. What is another's already is
 * not taken silently: it is shared, moved, or the two are the same person. Nothing is proposed from likeness.
 */
export function AddLink({ person, onClose }: { person: Person; onClose(): void }) {
  const t = useTexts('people')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  return (
    <GraphDialog title={t('addLink.title', { person: person.name })} onClose={onClose}>
      {chosen ? (
        <LinkChosen
          person={person}
          chosen={chosen}
          onChoose={setChosen}
          onClose={onClose}
          onBack={() => setChosen(null)}
        />
      ) : (
        <ChooseIdentity person={person} onChoose={setChosen} />
      )}
    </GraphDialog>
  )
}
