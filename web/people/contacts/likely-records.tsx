import { Button } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { useReasonSentence } from '../suggestions/reason-text.ts'
import type { Suggestion } from '../suggestions/shapes.ts'
import { useSideName } from '../suggestions/side-card.tsx'
import { shownProbability } from '../suggestions/sureness.ts'
import styles from './contacts.module.css'

const PAGE_LIKELY = 20

/** Records of a file that began a person and are likely about somebody else, as far as suggestions are allowed. */
export function LikelyRecords({ importId }: { importId: string }) {
  const t = useTexts('people')
  const list = useInfiniteQuery(
    useApi().people.suggestions.list.infiniteOptions({
      input: (after: string | undefined) => ({ importId, ...pageAfter(after, PAGE_LIKELY) }),
      ...byCursor,
    }),
  )
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (items.length === 0) return null
  return (
    <section aria-label={t('contacts.likelyTitle')}>
      <h2 className={styles.heading}>{t('contacts.likelyTitle')}</h2>
      <p className={styles.quiet}>{t('contacts.likelyHow')}</p>
      <ul className={styles.cards}>
        {items.map((suggestion) => (
          <LikelyCard key={suggestion.suggestionId} suggestion={suggestion} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('contacts.more')}
        </Button>
      )}
    </section>
  )
}

function LikelyCard({ suggestion: { suggestionId, one, other, probability, reasons } }: { suggestion: Suggestion }) {
  const t = useTexts('people')
  const { percent } = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const { slug } = useWorkspace()
  const mayLink = useMay('people.link')
  const sideName = useSideName()
  const { forIt, against } = useReasonSentence()(reasons)
  const answered = {
    meta: { shownInPlace: true },
    onSettled: () => queries.invalidateQueries({ queryKey: api.people.suggestions.key() }),
  }
  const confirm = useMutation(api.people.suggestions.confirm.mutationOptions(answered))
  const refuse = useMutation(api.people.suggestions.refuse.mutationOptions(answered))
  const isPending = confirm.isPending || refuse.isPending
  const error = confirm.error ?? refuse.error
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <strong className={styles.sampleName}>
          {t('suggestions.question', { one: sideName(one), other: sideName(other) })}
        </strong>
        <span className={styles.detail}>{percent(shownProbability(probability))}</span>
      </div>
      <p className={styles.detail}>
        {forIt}. {against && t('suggestions.against', { what: against })}
      </p>
      <div className={styles.buttons}>
        {mayLink && (
          <>
            <Button size="compact-sm" disabled={isPending} onClick={() => confirm.mutate({ suggestionId })}>
              {t('contacts.same')}
            </Button>
            <Button size="compact-sm" disabled={isPending} onClick={() => refuse.mutate({ suggestionId })}>
              {t('contacts.likelySecond')}
            </Button>
          </>
        )}
        <Button
          size="compact-sm"
          variant="subtle"
          renderRoot={(props) => (
            <Link to="/w/$slug/people/suggestions" params={{ slug }} search={{ open: suggestionId }} {...props} />
          )}
        >
          {t('contacts.likelyCompare')}
        </Button>
      </div>
      <div role="alert">{error && <p className={styles.wrong}>{textOfFailure(failureOf(error))}</p>}</div>
    </li>
  )
}
