import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { LinkList } from '../link-list.tsx'
import type { Person } from '../shapes.ts'
import styles from './person.module.css'

/** Somebody may have hundreds: the page begins with these, and shows so many more at a time. */
const SHOWN_FIRST = 6
const SHOWN_MORE = 50

/** Accounts, addresses and numbers with what each link rests on; what ended stays to be read. */
export function Identities({ person }: { person: Person }) {
  const t = useTexts('people')
  // One that was not withdrawn may have had another laid over it: the identity is somebody else's now.
  const isNow = ({ holds, shared, withdrawn }: Person['links'][number]) => !withdrawn && (holds || shared)
  const linked = person.links.filter(isNow)
  const withdrawn = person.links.filter((link) => !isNow(link))
  return (
    <>
      <Links title={t('identities.title')} links={linked} formerly={person.formerly} always />
      <Links title={t('links.formerly')} links={withdrawn} formerly={person.formerly} />
    </>
  )
}

interface LinksProps {
  title: string
  links: Person['links']
  formerly: Person['formerly']
  /** Also where there are none. */
  always?: boolean
}

function Links({ title, links, formerly, always = false }: LinksProps) {
  const t = useTexts('people')
  const [shown, setShown] = useState(SHOWN_FIRST)
  if (links.length === 0 && !always) return null
  return (
    <section aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      <LinkList links={links.slice(0, shown)} towards="author" formerly={formerly} />
      {links.length > shown && (
        <Button size="compact-xs" mt={8} onClick={() => setShown(shown + SHOWN_MORE)}>
          {links.length > shown + SHOWN_MORE
            ? t('identities.next', { count: SHOWN_MORE, all: links.length })
            : t('identities.all', { count: links.length })}
        </Button>
      )}
    </section>
  )
}
