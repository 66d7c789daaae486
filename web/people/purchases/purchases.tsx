import { Anchor, Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { Tag, type Tone } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { amountText } from './amount.ts'
import { usePurchaseSentence } from './purchase-fact.tsx'
import styles from './purchases.module.css'
import type { Purchase } from './shapes.ts'

const PAGE_PURCHASES = 10

const TONES: Record<Purchase['state'], Tone> = {
  open: 'accent',
  completed: 'good',
  active: 'good',
  cancelled: 'neutral',
  refunded: 'neutral',
  ended: 'neutral',
}

/** What somebody bought and agreed to, newest first, with what it adds up to. Nothing where there is nothing. */
export function Purchases({ personId }: { personId: string }) {
  return (
    <PurchaseList of={{ personId }}>
      <Totals personId={personId} />
    </PurchaseList>
  )
}

/** Of an organisation: by the numbers that systems gave it. */
export const OrganisationPurchases = ({ organisationId }: { organisationId: string }) => (
  <PurchaseList of={{ organisationId }} />
)

interface PurchaseListProps {
  of: { personId: string } | { organisationId: string }
  children?: React.ReactNode
}

function PurchaseList({ of, children }: PurchaseListProps) {
  const t = useTexts('people')
  const list = useInfiniteQuery(
    useApi().people.purchases.list.infiniteOptions({
      input: (after: string | undefined) => ({ ...of, ...pageAfter(after, PAGE_PURCHASES) }),
      ...byCursor,
    }),
  )
  if (list.error) return <QueryError error={list.error} onRetry={() => void list.refetch()} />
  const purchases = list.data?.pages.flatMap((page) => page.items) ?? []
  if (purchases.length === 0) return null
  return (
    <section aria-label={t('purchases.title')}>
      <h2>{t('purchases.title')}</h2>
      {children}
      <ul className={styles.list}>
        {purchases.map((purchase) => (
          <PurchaseRow key={purchase.purchaseId} purchase={purchase} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button mt={8} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('purchases.more')}
        </Button>
      )}
    </section>
  )
}

function PurchaseRow({ purchase }: { purchase: Purchase }) {
  const t = useTexts('people')
  const said = usePurchaseSentence()
  const { system, state, happenedAt, runsFrom, runsUntil, url, withdrawn } = purchase
  const settled = { ...purchase, state: 'open' as const }
  return (
    <li className={styles.row} data-withdrawn={withdrawn ? true : undefined}>
      <span className={styles.said}>{url ? <Anchor href={url}>{said(settled)}</Anchor> : said(settled)}</span>
      <Tag tone={withdrawn ? 'neutral' : TONES[state]}>
        {t(withdrawn ? 'purchases.withdrawn' : `purchases.state.${state}`)}
      </Tag>
      <span className={styles.detail}>
        {system} · <TimeAgo time={happenedAt} />
        {(runsFrom || runsUntil) && <Runs from={runsFrom} until={runsUntil} />}
      </span>
    </li>
  )
}

function Runs({ from, until }: { from: string | null; until: string | null }) {
  const t = useTexts('people')
  const formats = useFormats()
  const day = (written: string | null) => (written ? formats.date(new Date(`${written}T12:00:00Z`)) : '')
  const how = from && until ? 'both' : from ? 'from' : 'until'
  return <> · {t(`purchases.runs.${how}`, { from: day(from), until: day(until) })}</>
}

/** What was paid once and what is agreed for each month are not one sum. */
function Totals({ personId }: { personId: string }) {
  const t = useTexts('people')
  const { locale, number } = useFormats()
  const { data } = useQuery(useApi().people.purchases.totals.queryOptions({ input: { personId } }))
  const lines = (data?.totals ?? []).flatMap(({ currency, orders, orderAmount, contracts, contractAmount }) =>
    [
      { kind: 'orders' as const, count: orders, amount: orderAmount },
      { kind: 'contracts' as const, count: contracts, amount: contractAmount },
    ]
      .filter(({ count }) => count > 0)
      .map((line) => ({ ...line, currency })),
  )
  if (lines.length === 0) return null
  return (
    <ul className={styles.totals}>
      {lines.map(({ kind, count, amount, currency }) => (
        <li key={`${currency} ${kind}`} title={t(`purchases.totalHow.${kind}`)}>
          {currency && <strong>{amountText(locale, amount, currency)}</strong>}{' '}
          <span className={styles.detail}>
            {t(`purchases.${kind}`, { count, number: number(count) })}
            {kind === 'contracts' && currency && ` · ${t('purchases.asAgreed')}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
