import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { LinkList } from '../link-list.tsx'
import type { Person } from '../shapes.ts'
import styles from './person.module.css'

/** Somebody may have hundreds; the page begins with these. */
const SHOWN_FIRST = 6

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
  const [all, setAll] = useState(false)
  if (links.length === 0 && !always) return null
  return (
    <section aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      <LinkList links={all ? links : links.slice(0, SHOWN_FIRST)} towards="author" formerly={formerly} />
      {!all && links.length > SHOWN_FIRST && (
        <Button size="compact-xs" mt={8} onClick={() => setAll(true)}>
          {t('identities.all', { count: links.length })}
        </Button>
      )}
    </section>
  )
}
