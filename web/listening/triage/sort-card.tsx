import { Button, Menu, TextInput } from '@mantine/core'
import { IconArrowBackUp, IconChevronDown, IconPlayerTrackNext, IconThumbDown, IconThumbUp } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { keyCaps } from '../../platform/shortcuts.ts'
import { useActorName } from '../actor-name.ts'
import { PostCard } from '../post-card.tsx'
import { type Judgement, REASONS, type Side, type Verdict } from './answers.ts'
import { JudgementLine } from './judgement-line.tsx'
import type { QueueItem } from './queue-state.ts'
import styles from './triage.module.css'
import type { Why } from './use-queue.ts'

interface SortCardProps {
  topicId: string
  item: QueueItem
  reasonsOpen: boolean
  onReasons(open: boolean): void
  onSort(side: Side, why?: Why): void
  onSkip(): void
  onUndo(): void
}

/** The post that is read, what is thought of it, and the buttons of the keys. */
export function SortCard({ topicId, item, reasonsOpen, onReasons, onSort, onSkip, onUndo }: SortCardProps) {
  const t = useTexts('listening')
  const maySort = useMay('posts.sort')
  const { post, sorted, conflict } = item
  const late = useLateJudgement(topicId, post.postId, !sorted && !post.judgement)
  const judgement = post.judgement ?? late
  return (
    <div className={styles.work}>
      <div className={styles.read}>
        <PostCard post={post} spans={post.spans} />
        <div className={styles.thought} aria-live="polite">
          {conflict && <Conflict verdict={conflict} />}
          {sorted && <p className={styles.thinks}>{t(`sort.done.${sorted.side}`)}</p>}
          {!sorted && judgement && <JudgementLine judgement={judgement} />}
          {!sorted && !judgement && <p className={styles.quiet}>{t('sort.notJudged')}</p>}
        </div>
      </div>
      {maySort && (
        <fieldset className={styles.actions} aria-label={t('sort.title')}>
          <Button
            variant={sorted?.side === 'for-us' ? 'filled' : 'default'}
            leftSection={<IconThumbUp size={16} stroke={1.8} aria-hidden />}
            rightSection={<Cap keys="y" />}
            onClick={() => onSort('for-us')}
          >
            {t('sort.forUs')}
          </Button>
          <div className={styles.split}>
            <Button
              variant={sorted?.side === 'not-for-us' ? 'filled' : 'default'}
              leftSection={<IconThumbDown size={16} stroke={1.8} aria-hidden />}
              rightSection={<Cap keys="n" />}
              onClick={() => onSort('not-for-us')}
            >
              {t('sort.notForUs')}
            </Button>
            <ReasonMenu opened={reasonsOpen} onChange={onReasons} onSort={onSort} />
          </div>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconPlayerTrackNext size={16} stroke={1.8} aria-hidden />}
            rightSection={<Cap keys="s" />}
            onClick={onSkip}
          >
            {t('sort.skip')}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconArrowBackUp size={16} stroke={1.8} aria-hidden />}
            rightSection={<Cap keys="u" />}
            onClick={onUndo}
          >
            {t('undo')}
          </Button>
        </fieldset>
      )}
    </div>
  )
}

/** A post that was asked for before the topic knew anything, and came after the verdict that taught it. */
function useLateJudgement(topicId: string, postId: string, wanted: boolean): Judgement | null {
  const options = useApi().listening.triage.judgements.queryOptions({ input: { postId } })
  const { data } = useQuery({ ...options, enabled: wanted })
  return data?.items.find((item) => item.topicId === topicId)?.judgement ?? null
}

const Cap = ({ keys }: { keys: string }) => (
  <kbd className={styles.cap} aria-hidden>
    {keyCaps(keys).join(' ')}
  </kbd>
)

/** Somebody was faster and thinks otherwise: whoever sorts now overrules them knowingly. */
function Conflict({ verdict }: { verdict: Verdict }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const actorName = useActorName()
  const name = actorName(verdict.by as Parameters<typeof actorName>[0])
  return (
    <p className={styles.conflict} role="alert">
      {t(`sort.conflict.${verdict.side}`, { name, time: formats.clock(verdict.at) })}
    </p>
  )
}

interface ReasonMenuProps {
  opened: boolean
  onChange(open: boolean): void
  onSort(side: Side, why: Why): void
}

function ReasonMenu({ opened, onChange, onSort }: ReasonMenuProps) {
  const t = useTexts('listening')
  const [words, setWords] = useState('')
  const say = (reason: Why['reason']) => {
    onChange(false)
    onSort('not-for-us', { reason, words: words.trim() || null })
    setWords('')
  }
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-end" width={260}>
      <Menu.Target>
        <Button variant="default" className={styles.more} aria-label={t('sort.reasons.title')}>
          <IconChevronDown size={16} stroke={1.8} aria-hidden />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('sort.reasons.title')}</Menu.Label>
        {REASONS.map((reason) => (
          <Menu.Item key={reason} onClick={() => say(reason)}>
            {t(`sort.reasons.${reason}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <form
          className={styles.words}
          onSubmit={(event) => {
            event.preventDefault()
            say('other')
          }}
        >
          <TextInput
            label={t('sort.reasons.words')}
            value={words}
            maxLength={500}
            onChange={(event) => setWords(event.currentTarget.value)}
            onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
          />
        </form>
      </Menu.Dropdown>
    </Menu>
  )
}
