import { Button } from '@mantine/core'
import { IconWritingSign } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { Tag } from '../../ui/tag.tsx'
import { IdentityLine } from './identity.tsx'
import { PersonLink } from './person-link.tsx'
import styles from './protection.module.css'
import type { Consent, Objection } from './shapes.ts'

const PAGE = 50

/** Who was asked what in which words, and who objected to what. */
export function Ledger() {
  const t = useTexts('privacy')
  const api = useApi()
  const page = { input: (after: string | undefined) => pageAfter(after, PAGE), ...byCursor }
  const objections = useInfiniteQuery(api.privacy.consents.objections.infiniteOptions(page))
  const consents = useInfiniteQuery(api.privacy.consents.list.infiniteOptions(page))
  return (
    <>
      <h2 className={styles.heading}>{t('protection.ledger.objections')}</h2>
      <Pages
        list={objections}
        empty={t('protection.ledger.noObjections')}
        row={(one: Objection) => <ObjectionRow key={one.objectionId} objection={one} />}
      />
      <h2 className={styles.heading}>{t('protection.ledger.consents')}</h2>
      <Pages
        list={consents}
        empty={t('protection.ledger.noConsents')}
        row={(one: Consent) => <ConsentRow key={one.consentId} consent={one} />}
      />
    </>
  )
}

interface PagesProps<Item> {
  list: {
    data: { pages: { items: Item[] }[] } | undefined
    error: Error | null
    hasNextPage: boolean
    isFetchingNextPage: boolean
    fetchNextPage(): unknown
    refetch(): unknown
  }
  empty: string
  row(item: Item): React.ReactNode
}

function Pages<Item>({ list, empty, row }: PagesProps<Item>) {
  const t = useTexts('privacy')
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.error) return <QueryError error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <RowSkeletons rows={3} />
  if (items.length === 0) return <Empty icon={IconWritingSign} title={empty} />
  return (
    <>
      <ul className={styles.list}>{items.map(row)}</ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('protection.more')}
        </Button>
      )}
    </>
  )
}

function ObjectionRow({ objection: { person, author, kind, at, channel, reason, lifted } }: { objection: Objection }) {
  const t = useTexts('privacy')
  const formats = useFormats()
  return (
    <li className={styles.row}>
      <span className={styles.open}>
        <PersonLink person={person} />
        {author && <IdentityLine identity={author} />}
        <span className={styles.quiet}>
          {formats.date(at)}, {t(`protection.channel.${channel}`)}
        </span>
        {reason && <q dir="auto">{reason}</q>}
        {lifted && (
          <Ended what={t('protection.ledger.lifted', { date: formats.date(lifted.at) })} reason={lifted.reason} />
        )}
      </span>
      <Tag tone={lifted ? 'neutral' : 'notice'}>{t(`protection.objection.${kind}`)}</Tag>
    </li>
  )
}

function ConsentRow({
  consent: { person, author, purpose, given, text, at, channel, withdrawn },
}: {
  consent: Consent
}) {
  const t = useTexts('privacy')
  const formats = useFormats()
  const state = !given ? 'refused' : withdrawn ? 'withdrawn' : 'given'
  return (
    <li className={styles.row}>
      <span className={styles.open}>
        <PersonLink person={person} />
        {author && <IdentityLine identity={author} />}
        <strong>{t(`protection.purpose.${purpose}`)}</strong>
        <span className={styles.quiet}>
          {formats.date(at)}, {t(`protection.channel.${channel}`)}
        </span>
        {text && <q dir="auto">{text}</q>}
        {withdrawn && (
          <Ended
            what={t('protection.ledger.withdrawn', {
              date: formats.date(withdrawn.at),
              channel: t(`protection.channel.${withdrawn.channel}`),
            })}
            reason={withdrawn.reason}
          />
        )}
      </span>
      <Tag tone={state === 'given' ? 'good' : 'notice'}>{t(`protection.consent.${state}`)}</Tag>
    </li>
  )
}

/** When and why it does not hold any more, below what was said. */
function Ended({ what, reason }: { what: string; reason: string }) {
  return (
    <span className={styles.ended}>
      {what}
      {reason && (
        <>
          {': '}
          <q dir="auto">{reason}</q>
        </>
      )}
    </span>
  )
}
