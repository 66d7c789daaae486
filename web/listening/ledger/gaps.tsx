import { Button } from '@mantine/core'
import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { Tag, type Tone } from '../../ui/tag.tsx'
import styles from './ledger.module.css'

type Page = InferContractRouterOutputs<Contract>['listening']['ledger']['gaps']
type Gap = Page['items'][number]

const TONES: Record<Gap['outcome'], Tone> = {
  open: 'notice',
  filling: 'notice',
  filled: 'good',
  unsure: 'notice',
  lost: 'urgent',
}

interface GapList {
  data: { pages: Page[] } | undefined
  error: Error | null
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage(): unknown
  refetch(): unknown
}

/** Times in which a source could not be heard, and what became of them. */
export function Gaps({ list }: { list: GapList }) {
  const t = useTexts('listening')
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div>
      {list.error && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <p className={styles.note}>{t('ledger.noGaps')}</p>}
      <ul className={styles.gaps}>
        {items.map((gap) => (
          <GapRow key={gap.gapId} gap={gap} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('showMore')}
        </Button>
      )}
    </div>
  )
}

function GapRow({ gap: { from, until, because, outcome, kept } }: { gap: Gap }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const lasted = until && formats.duration(until.getTime() - from.getTime())
  return (
    <li>
      <Tag tone={TONES[outcome]}>{t(`ledger.outcomes.${outcome}`)}</Tag>
      <span>
        {formats.exact(from)}
        {lasted ? ` · ${lasted}` : ` · ${t('ledger.goesOn')}`}
      </span>
      <span className={styles.note}>
        {t(`ledger.causes.${because}`)}
        {kept > 0 && ` ${t('ledger.filledBy', { count: kept, number: formats.number(kept) })}`}
      </span>
    </li>
  )
}
