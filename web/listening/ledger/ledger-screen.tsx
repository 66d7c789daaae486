import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { FormSection } from '../../ui/form.tsx'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { Place } from '../../ui/place.tsx'
import { useNetworkName } from '../network-names.ts'
import { SourceStateTag } from '../source-health.tsx'
import styles from './ledger.module.css'
import { LedgerFigures } from './ledger-figures.tsx'
import { LEDGER_DAYS, ledgerDays } from './ledger-period.ts'
import { moneyOf } from './money.ts'
import { Prices } from './prices.tsx'
import { type SourceLedger, SourceNotes } from './source-notes.tsx'

/** What each source heard, kept and cost, and what it missed. */
export function LedgerScreen() {
  const t = useTexts('listening')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const mayManage = useMay('sources.manage')
  const navigate = useNavigate({ from: '/w/$slug/listening/ledger' })
  const days = ledgerDays(useSearch({ from: '/w/$slug/listening/ledger' }).days)
  const { data } = useSuspenseQuery(useApi().listening.ledger.overview.queryOptions({ input: { days } }))
  const { items, total, currency, from } = data
  const period = t('ledger.since', { date: formats.date(from) })
  return (
    <Place
      title={t('ledger.title')}
      onBack={() => void navigate({ to: '/w/$slug/listening/sources', params: { slug } })}
      filters={
        <FilterBar
          label={t('ledger.period')}
          options={LEDGER_DAYS.map((count) => ({ value: String(count), label: t('ledger.days', { count }) }))}
          value={String(days)}
          onChange={(chosen) => void navigate({ search: { days: chosen }, replace: true })}
        />
      }
    >
      <LedgerFigures sums={total} currency={currency} period={period} />
      {items.length === 0 ? (
        <p className={styles.note}>{t('ledger.none')}</p>
      ) : (
        <SourceTable items={items} currency={currency} />
      )}
      {mayManage && (
        <FormSection title={t('ledger.prices')} why={t('ledger.pricesWhy')}>
          <Prices sources={items} />
        </FormSection>
      )}
    </Place>
  )
}

function SourceTable({ items, currency }: { items: SourceLedger[]; currency: string | null }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const columns = [
    { id: 'heard', of: (item: SourceLedger) => formats.number(item.heard) },
    { id: 'kept', of: (item: SourceLedger) => formats.number(item.kept) },
    { id: 'relevant', of: (item: SourceLedger) => formats.number(item.relevant) },
    { id: 'cost', of: (item: SourceLedger) => moneyOf(formats, item.costMicros, currency) },
    {
      id: 'costPerRelevant',
      of: (item: SourceLedger) =>
        item.costPerRelevantMicros === null ? '–' : moneyOf(formats, item.costPerRelevantMicros, currency),
    },
    { id: 'budget', of: (item: SourceLedger) => (item.budgetUsed === null ? '–' : formats.percent(item.budgetUsed)) },
  ] as const
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whatever scrolls must be reachable by keyboard.
    <section className={styles.scrolls} tabIndex={0} aria-label={t('ledger.bySource')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('ledger.source')}</th>
            {columns.map(({ id }) => (
              <th key={id} scope="col" data-numeric>
                {t(`ledger.${id}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.sourceId}>
              <th scope="row">
                <SourceName item={item} />
                <SourceNotes ledger={item} />
              </th>
              {columns.map(({ id, of }) => (
                <td key={id} data-numeric data-header={t(`ledger.${id}`)}>
                  {of(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function SourceName({ item }: { item: SourceLedger }) {
  const { slug } = useWorkspace()
  const networkName = useNetworkName()
  return (
    <span className={styles.name}>
      <NetworkMark network={item.network} name={networkName(item.network)} size={16} />
      <Link to="/w/$slug/listening/sources/$sourceId" params={{ slug, sourceId: item.sourceId }}>
        {item.name}
      </Link>
      {item.state !== 'active' && <SourceStateTag source={item} />}
    </span>
  )
}
