import { Anchor, Button } from '@mantine/core'
import { Link as RouterLink } from '@tanstack/react-router'
import { useState } from 'react'
import { useActorName } from '../listening/actor-name.ts'
import { AuthorLine, useAuthorName } from '../listening/author-line.tsx'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useMay, useWorkspace } from '../platform/session.ts'
import { TimeAgo } from '../ui/time-ago.tsx'
import { Evidence } from './evidence.tsx'
import { Formerly } from './formerly.tsx'
import { IdentityMenu } from './graph/identity-menu.tsx'
import styles from './people.module.css'
import type { Formerly as FormerlyOf, Link } from './shapes.ts'
import { WithdrawLink } from './withdraw-link.tsx'

interface LinkListProps {
  links: readonly Link[]
  /** What each row leads to: on a person's page the account, on an account's page the person. */
  towards: 'author' | 'person'
  /** What the accounts showed before. */
  formerly?: readonly FormerlyOf[]
}

/** Links with what they rest on. What was withdrawn stays to be read. */
export function LinkList({ links, towards, formerly = [] }: LinkListProps) {
  const t = useTexts('people')
  const nameOf = useAuthorName()
  const pastOf = new Map(formerly.map((each) => [each.authorId, each]))
  const mayLink = useMay('people.link')
  const [withdrawing, setWithdrawing] = useState<Link | null>(null)
  if (links.length === 0) return <p className={styles.quiet}>{t('links.none')}</p>
  return (
    <>
      <ul className={styles.links}>
        {links.map((link) => {
          const past = pastOf.get(link.author.authorId)
          return (
            <li key={link.linkId} className={styles.link} data-withdrawn={link.withdrawn ? true : undefined}>
              <div className={styles.linkHead}>
                {towards === 'author' ? <TowardsAuthor link={link} /> : <TowardsPerson link={link} />}
                {mayLink && !link.withdrawn && towards === 'author' && <IdentityMenu link={link} />}
                {mayLink && !link.withdrawn && towards === 'person' && (
                  <Button size="compact-xs" onClick={() => setWithdrawing(link)}>
                    {t('links.withdraw')}
                  </Button>
                )}
              </div>
              {past && <Formerly of={past} account={nameOf(link.author)} />}
              <LinkGrounds link={link} />
            </li>
          )
        })}
      </ul>
      {withdrawing && <WithdrawLink link={withdrawing} onClose={() => setWithdrawing(null)} />}
    </>
  )
}

function TowardsAuthor({ link }: { link: Link }) {
  const { slug } = useWorkspace()
  return (
    <AuthorLine
      author={link.author}
      link={(name) => (
        <Anchor
          renderRoot={(props) => (
            <RouterLink
              to="/w/$slug/people/authors/$authorId"
              params={{ slug, authorId: link.author.authorId }}
              {...props}
            />
          )}
        >
          {name}
        </Anchor>
      )}
    />
  )
}

function TowardsPerson({ link }: { link: Link }) {
  const { slug } = useWorkspace()
  return (
    <Anchor
      renderRoot={(props) => (
        <RouterLink
          to="/w/$slug/people/persons/$personId"
          params={{ slug, personId: link.person.personId }}
          {...props}
        />
      )}
    >
      {link.person.name}
    </Anchor>
  )
}

/** Method, legal basis, evidence, who and when; and who withdrew it and why. */
function LinkGrounds({ link }: { link: Link }) {
  const t = useTexts('people')
  const formats = useFormats()
  const actorName = useActorName()
  const { withdrawn } = link
  return (
    <dl className={styles.grounds}>
      <dt>{t('links.how')}</dt>
      <dd>{t(`method.${link.method}`)}</dd>
      <dt>{t('links.evidence')}</dt>
      <dd>
        <Evidence evidence={link.evidence} />
      </dd>
      <dt>{t('links.basis')}</dt>
      <dd>{t(`basis.${link.legalBasis}`)}</dd>
      <dt>{t('links.by')}</dt>
      <dd>
        {actorName(link.linkedBy)}, <TimeAgo time={link.linkedAt} />
      </dd>
      {withdrawn && (
        <>
          <dt>{t('links.withdrawn')}</dt>
          <dd title={formats.exact(withdrawn.at)}>
            {t('links.withdrawnBy', {
              who: actorName(withdrawn.by),
              date: formats.date(withdrawn.at),
              because: withdrawn.because,
            })}
          </dd>
        </>
      )}
    </dl>
  )
}
