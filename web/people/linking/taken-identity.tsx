import { Button, Radio } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { DialogStep } from '../graph/graph-dialog.tsx'
import { StateMerge } from '../graph/merge-dialog.tsx'
import { StateMove } from '../graph/move-dialog.tsx'
import styles from '../people.module.css'
import type { Person } from '../shapes.ts'
import type { ContactPoint, Somebody } from './shapes.ts'
import { StateLink } from './state-link.tsx'

type Way = 'share' | 'move' | 'merge'

interface TakenIdentityProps {
  person: Person
  identity: { authorId: string; name: string }
  /** Whose it is now. */
  holder: Somebody
  /** Null: an account, which is one person's alone. */
  contact: ContactPoint | null
  onClose(): void
  onBack(): void
}

/** It belongs to somebody else: which of the two is wrong, or neither. Each way shows what it would do before it does it. */
export function TakenIdentity({ person, identity, holder, contact, onClose, onBack }: TakenIdentityProps) {
  const t = useTexts('people')
  const [chosen, setChosen] = useState<Way | null>(null)
  const [way, setWay] = useState<Way | null>(null)
  const ways: Way[] = [...(contact && contact.kind !== 'customer-number' ? (['share'] as const) : []), 'move', 'merge']
  const steps = { onClose, onBack: () => setWay(null) }
  if (way === 'share' && contact) return <StateLink {...steps} person={person} target={{ contact }} shared />
  if (way === 'move') return <StateMove {...steps} author={identity} target={person} />
  if (way === 'merge') return <StateMerge {...steps} person={person} other={holder} />
  return (
    <DialogStep>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setWay(chosen)
        }}
      >
        <p role="status">{t('addLink.taken', { identity: identity.name, person: holder.name })}</p>
        <Radio.Group label={t('addLink.ways')} value={chosen} onChange={(value) => setChosen(value as Way)}>
          <div className={styles.radios}>
            {ways.map((each) => (
              <Radio
                key={each}
                value={each}
                label={t(`addLink.way.${each}.name`, { person: person.name, holder: holder.name })}
                description={t(`addLink.way.${each}.what`, { person: person.name, holder: holder.name })}
              />
            ))}
          </div>
        </Radio.Group>
        <div className={styles.steps}>
          <Button type="submit" variant="filled" disabled={chosen === null}>
            {t('addLink.next')}
          </Button>
          <Button onClick={onBack}>{t('addLink.other')}</Button>
        </div>
      </form>
    </DialogStep>
  )
}
