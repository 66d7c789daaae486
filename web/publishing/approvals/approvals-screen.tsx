import { IconChecks } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Approval } from '../../../contract/publishing-approvals.ts'
import { useNetworkName } from '../../listening/network-names.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { Place } from '../../ui/place.tsx'
import { Tag, type Tone } from '../../ui/tag.tsx'
import { APPROVAL_VIEWS } from '../outbox-views.ts'
import { PagedList } from '../paged-list.tsx'
import outbox from '../publishing.module.css'
import styles from './approvals.module.css'
import { StandInButton } from './stand-in.tsx'

const PAGE_ROWS = 50
/** An hour before it ends it needs somebody now. */
const SOON_MS = 3_600_000

export const TONES: Record<Approval['state'], Tone> = {
  open: 'notice',
  approved: 'good',
  declined: 'urgent',
  edited: 'neutral',
  withdrawn: 'neutral',
  stale: 'urgent',
  expired: 'urgent',
}

/** Texts that wait for a second pair of eyes, by when they end; and what became of those before. */
export function ApprovalsScreen() {
  const t = useTexts('publishing')
  const api = useApi()
  const { slug } = useWorkspace()
  const { show = 'open' } = useSearch({ from: '/w/$slug/approvals' })
  const navigate = useNavigate()
  const mayApprove = useMay('answers.approve')
  const pages = useInfiniteQuery(
    api.publishing.approvals.list.infiniteOptions({
      input: (after: string | undefined) => ({ show, ...pageAfter(after, PAGE_ROWS) }),
      ...byCursor,
    }),
  )
  return (
    <Place
      title={t('approvals')}
      fills
      {...(mayApprove ? { action: <StandInButton /> } : {})}
      filters={
        <FilterBar
          label={t('filter')}
          value={show}
          options={APPROVAL_VIEWS.map((view) => ({ value: view, label: t(`approval.view.${view}`) }))}
          onChange={(view) => {
            const next = APPROVAL_VIEWS.find((each) => each === view)
            void navigate({ to: '/w/$slug/approvals', params: { slug }, search: next === 'open' ? {} : { show: next } })
          }}
        />
      }
    >
      <PagedList
        label={t('approvals')}
        pages={pages}
        row={(approval) => <ApprovalRow key={approval.approvalId} approval={approval} />}
        empty={
          <Empty icon={IconChecks} title={t(`approval.empty.${show}`)}>
            {t('approval.empty.why')}
          </Empty>
        }
      />
    </Place>
  )
}

function ApprovalRow({ approval }: { approval: Approval }) {
  const t = useTexts('publishing')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const networkName = useNetworkName()
  const { state, expiresAt, approvalId } = approval
  const soon = state === 'open' && expiresAt.getTime() - Date.now() < SOON_MS
  return (
    <li className={outbox.row} data-needs={soon || undefined}>
      <Link className={styles.row} to="/w/$slug/approvals/$approvalId" params={{ slug, approvalId }}>
        <span className={styles.head}>
          <NetworkMark network={approval.network} name={networkName(approval.network)} />
          <span className={outbox.account}>{approval.sourceName}</span>
          <span className={outbox.quiet}>
            <AuthorName author={approval.author} />
          </span>
          <Tag tone={TONES[state]}>{t(`approval.state.${state}`)}</Tag>
          {state === 'open' && (
            <span className={outbox.quiet} title={formats.exact(expiresAt)}>
              {t('approval.until', { time: formats.toTheMinute(expiresAt) })}
            </span>
          )}
        </span>
        <span className={styles.text} lang={approval.language ?? undefined} dir="auto">
          {approval.text}
        </span>
        {approval.replyTo && (
          <span className={outbox.quiet} dir="auto">
            {t('approval.answersTo', {
              name: approval.replyTo.author ?? '–',
              text: approval.replyTo.text.slice(0, 120),
            })}
          </span>
        )}
      </Link>
    </li>
  )
}

export function AuthorName({ author }: { author: Approval['author'] }) {
  const t = useTexts('publishing')
  const { data } = useQuery(useApi().accounts.members.list.queryOptions({ input: {} }))
  if (author.kind === 'bot') return <>{t('by.bot')}</>
  return <>{data?.items.find(({ memberId }) => memberId === author.id)?.name ?? '–'}</>
}
