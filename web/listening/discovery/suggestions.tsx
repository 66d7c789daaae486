import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { QueryText } from '../query-text.tsx'
import type { Topic } from '../shapes.ts'
import type { Exclusion, Keyword, Suggestions } from './answers.ts'
import styles from './discovery.module.css'
import { proposeQuery } from './suggested-draft.ts'
import { ViewSection } from './view-section.tsx'

/** What the query could leave out or ask for, measured on what people sorted; nothing changes before somebody saves it. */
export function SuggestionList({ topic }: { topic: Topic }) {
  const t = useTexts('listening')
  const { topicId } = topic
  const answer = useQuery(useApi().listening.discovery.suggestions.queryOptions({ input: { topicId } }))
  return (
    <ViewSection
      title={t('discovery.suggestions')}
      why={t('discovery.suggestionsWhy')}
      answer={answer}
      none=""
      isEmpty={() => false}
    >
      {(suggestions) => <Suggested topic={topic} suggestions={suggestions} />}
    </ViewSection>
  )
}

function Suggested({ topic, suggestions }: { topic: Topic; suggestions: Suggestions }) {
  const t = useTexts('listening')
  const { exclusions, judgedExclusions, keywords } = suggestions
  const people = new Set(exclusions.map(({ query }) => query))
  const judged = judgedExclusions.filter(({ query }) => !people.has(query))
  return (
    <>
      <Basis topic={topic} suggestions={suggestions} />
      {exclusions.length > 0 && (
        <ExclusionList
          title={t('discovery.exclusions')}
          items={exclusions}
          topic={topic}
          version={suggestions.version}
        />
      )}
      {judged.length > 0 && (
        <ExclusionList
          title={t('discovery.judgedExclusions')}
          items={judged}
          topic={topic}
          version={suggestions.version}
          judged
        />
      )}
      {keywords.length > 0 && <KeywordList items={keywords} topic={topic} version={suggestions.version} />}
    </>
  )
}

/** How many verdicts there are, and how many it takes. */
function Basis({ topic, suggestions: { verdicts, exclusions, keywords } }: { topic: Topic; suggestions: Suggestions }) {
  const t = useTexts('listening')
  const { number } = useFormats()
  const { slug } = useWorkspace()
  const { kept, rejected, min } = verdicts
  const isEnough = kept >= min && rejected >= min
  if (isEnough && exclusions.length + keywords.length > 0) return null
  const said = { kept: number(kept), rejected: number(rejected), min: number(min) }
  return (
    <p className={styles.none}>
      {t(isEnough ? 'discovery.nothingSuggested' : 'discovery.tooFewVerdicts', said)}{' '}
      {!isEnough && (
        <Anchor
          inherit
          underline="always"
          renderRoot={(props) => (
            <Link to="/w/$slug/listening/topics/$topicId/sort" params={{ slug, topicId: topic.topicId }} {...props} />
          )}
        >
          {t('discovery.toSort')}
        </Anchor>
      )}
    </p>
  )
}

interface ListProps<Item> {
  items: readonly Item[]
  topic: Topic
  version: number
}

function ExclusionList({
  title,
  items,
  judged = false,
  ...rest
}: ListProps<Exclusion> & { title: string; judged?: boolean }) {
  const t = useTexts('listening')
  const { percent, number } = useFormats()
  const shareOf = ({ posts, of }: { posts: number; of: number }) => percent(of === 0 ? 0 : posts / of, 1)
  const countOf = ({ posts, of }: { posts: number; of: number }) =>
    t('discovery.ofPosts', { posts: number(posts), of: number(of) })
  return (
    <>
      <h3 className={styles.listTitle}>{title}</h3>
      <ul className={styles.rows}>
        {items.map((item) => (
          <li key={item.query} className={styles.suggestion}>
            <div className={styles.suggested}>
              <QueryText query={`NOT ${item.query}`} />
              <p className={styles.effect}>
                {t(judged ? 'discovery.judgedEffect' : 'discovery.effect', {
                  rejected: shareOf(item.rejected),
                  rejectedPosts: countOf(item.rejected),
                  kept: shareOf(item.kept),
                  keptPosts: countOf(item.kept),
                })}
              </p>
            </div>
            <Propose
              {...rest}
              changed={item.changed}
              reason={t('discovery.excludesBecause', {
                term: item.shown,
                rejected: shareOf(item.rejected),
                kept: shareOf(item.kept),
              })}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

function KeywordList({ items, ...rest }: ListProps<Keyword>) {
  const t = useTexts('listening')
  const { number, percent } = useFormats()
  return (
    <>
      <h3 className={styles.listTitle}>{t('discovery.keywords')}</h3>
      <ul className={styles.rows}>
        {items.map((item) => {
          const brings = item.atLeast ? t('atLeast', { number: number(item.brings) }) : number(item.brings)
          return (
            <li key={item.query} className={styles.suggestion}>
              <div className={styles.suggested}>
                <QueryText query={item.query} />
                <p className={styles.effect}>
                  {t('discovery.keywordEffect', {
                    kept: percent(item.kept.posts / item.kept.of),
                    elsewhere: percent(item.elsewhere.posts / item.elsewhere.of, 1),
                  })}{' '}
                  {t('discovery.brings', { count: item.brings, number: brings })}
                </p>
              </div>
              <Propose {...rest} changed={item.changed} reason={t('discovery.addsBecause', { term: item.shown })} />
            </li>
          )
        })}
      </ul>
    </>
  )
}

interface ProposeProps {
  topic: Topic
  version: number
  changed: string
  reason: string
}

/** Leads to the query with the change filled in: what it gains and loses is seen there before it is saved. */
function Propose({ topic, version, changed, reason }: ProposeProps) {
  const t = useTexts('listening')
  const { slug, workspaceId } = useWorkspace()
  const navigate = useNavigate()
  if (!useMay('topics.manage')) return null
  const { topicId } = topic
  const propose = async () => {
    const isProposed = proposeQuery(workspaceId, topicId, { query: changed, reason, version })
    await navigate({ to: '/w/$slug/listening/topics/$topicId', params: { slug, topicId } })
    if (!isProposed) showDone(t('discovery.typedBefore'))
  }
  return (
    <Button size="compact-sm" onClick={() => void propose()}>
      {t('discovery.propose')}
    </Button>
  )
}
