import { NumberInput, TextInput } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Chart } from '../../ui/chart.tsx'
import { Form, FormSection } from '../../ui/form.tsx'
import { Gaps } from './gaps.tsx'
import styles from './ledger.module.css'
import { LedgerFigures } from './ledger-figures.tsx'
import { amountOf, microsOf } from './money.ts'
import { type SourceDays, type SourceLedger, SourceNotes } from './source-notes.tsx'

const DAYS = 30
const GAPS_SHOWN = 10

/** A source's own page of the ledger: figures, days, gaps, budget. */
export function SourceLedgerSections({ sourceId }: { sourceId: string }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const api = useApi()
  const mayManage = useMay('sources.manage')
  const { data } = useSuspenseQuery(api.listening.ledger.ofSource.queryOptions({ input: { sourceId, days: DAYS } }))
  const gaps = useInfiniteQuery(
    api.listening.ledger.gaps.infiniteOptions({
      input: (after: string | undefined) => ({ sourceId, ...pageAfter(after, GAPS_SHOWN) }),
      ...byCursor,
    }),
  )
  const { source, currency, days } = data
  return (
    <>
      <FormSection title={t('ledger.title')} why={t('ledger.sourceWhy')}>
        <div>
          <LedgerFigures sums={source} currency={currency} period={t('ledger.days', { count: DAYS })} />
          <SourceNotes ledger={source} />
          {source.silentAfter && !source.silentSince && (
            <p className={styles.note}>
              {t('ledger.silentAfter', {
                date: formats.date(source.silentAfter),
                time: formats.clock(source.silentAfter),
              })}
            </p>
          )}
          {days.length > 0 && (
            <div className={styles.chart}>
              <DaysChart days={days} />
            </div>
          )}
        </div>
      </FormSection>
      <FormSection title={t('ledger.gapsTitle')} why={t('ledger.gapsWhy')}>
        <Gaps list={gaps} />
      </FormSection>
      {mayManage && (
        <FormSection title={t('ledger.budget')} why={t('ledger.budgetWhy')}>
          <BudgetForm key={`${source.budget.posts} ${source.budget.micros}`} source={source} currency={currency} />
        </FormSection>
      )}
    </>
  )
}

function DaysChart({ days }: { days: SourceDays }) {
  const t = useTexts('listening')
  const formats = useFormats()
  return (
    <Chart
      title={t('ledger.perDay')}
      unit={t('ledger.posts')}
      axis={t('ledger.day')}
      kind="bar"
      data={{
        labels: days.map(({ day }) => formats.date(new Date(`${day}T12:00:00Z`))),
        series: [
          { name: t('ledger.heard'), values: days.map(({ heard }) => heard) },
          { name: t('ledger.kept'), values: days.map(({ kept }) => kept) },
          { name: t('ledger.matched'), values: days.map(({ matched }) => matched) },
        ],
        lastIsIncomplete: days.at(-1)?.day === new Date().toISOString().slice(0, 10),
      }}
    />
  )
}

function BudgetForm({ source, currency }: { source: SourceLedger; currency: string | null }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const [posts, setPosts] = useState<number | string>(source.budget.posts ?? '')
  const [amount, setAmount] = useState(source.budget.micros === null ? '' : amountOf(formats, source.budget.micros))
  const micros = microsOf(amount)
  const save = useMutation(
    api.listening.ledger.setBudget.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        showDone(t('ledger.budgetSaved'))
        await queries.invalidateQueries({ queryKey: api.listening.key() })
      },
    }),
  )
  return (
    <Form
      submit={t('sources.save')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => {
        if (micros === null) return
        save.mutate({ sourceId: source.sourceId, posts: Number(posts) || null, micros: micros || null })
      }}
    >
      {source.budgetUsed !== null && (
        <p className={styles.note}>{t('ledger.budgetUsed', { share: formats.percent(source.budgetUsed) })}</p>
      )}
      <NumberInput
        label={t('ledger.budgetPosts')}
        value={posts}
        onChange={setPosts}
        min={1}
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator={formats.locale === 'en-GB' ? ',' : '.'}
        decimalSeparator={formats.locale === 'en-GB' ? '.' : ','}
        placeholder={t('ledger.noLimit')}
      />
      {currency ? (
        <TextInput
          label={t('ledger.budgetMoney', { currency })}
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
          error={micros === null && t('ledger.amountWrong')}
          inputMode="decimal"
          placeholder={t('ledger.noLimit')}
        />
      ) : (
        <p className={styles.note}>{t('ledger.costUnknown')}</p>
      )}
    </Form>
  )
}
