import { useAuthorName } from '../../listening/author-line.tsx'
import { useTexts } from '../../platform/i18n.ts'
import type { Link, Person } from '../shapes.ts'
import { type Chosen, CONTACT_KINDS, type ContactPoint, type Somebody } from './shapes.ts'
import { StateLink } from './state-link.tsx'
import { TakenIdentity } from './taken-identity.tsx'
import { TheirIdentities } from './their-identities.tsx'

interface LinkChosenProps {
  person: Person
  chosen: Chosen
  onChoose(chosen: Chosen): void
  onClose(): void
  onBack(): void
}

/** What the account that was chosen is as contact data; null: it is none. */
const contactOf = ({ authorId, network, name }: Link['author'], person: Somebody): ContactPoint | null => {
  const kind = CONTACT_KINDS.find((each) => each === network)
  return kind && name ? { kind, value: name, authorId, person, sharedBy: [] } : null
}

/** What can be done with what was chosen: linked where it is nobody's, otherwise shared, moved, or the persons merged. */
export function LinkChosen({ person, chosen, onChoose, onClose, onBack }: LinkChosenProps) {
  const t = useTexts('people')
  const nameOf = useAuthorName()
  const steps = { person, onClose, onBack }
  if ('somebody' in chosen) return <TheirIdentities {...steps} other={chosen.somebody} onChoose={onChoose} />
  if ('account' in chosen) {
    const { account, holder } = chosen
    const target = { authorId: account.authorId, name: nameOf(account) }
    return holder ? (
      <TakenIdentity {...steps} identity={target} holder={holder} contact={contactOf(account, holder)} />
    ) : (
      <StateLink {...steps} target={{ account }} shared={false} />
    )
  }
  const { contact } = chosen
  const { authorId, person: holder, value } = contact
  if (authorId !== null && holder !== null)
    return holder.personId === person.personId ? (
      <p>{t('addLink.isTheirs', { value, person: person.name })}</p>
    ) : (
      <TakenIdentity {...steps} identity={{ authorId, name: value }} holder={holder} contact={contact} />
    )
  return <StateLink {...steps} target={{ contact }} shared={contact.sharedBy.length > 0} />
}
