import { Anchor, Button } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats } from '../platform/formats.ts'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { QueryError } from '../ui/query-error.tsx'
import { Tag, type Tone } from '../ui/tag.tsx'
import { DeleteUpload } from './delete-upload.tsx'
import { ProblemText, useProblemText } from './import-problem.tsx'
import styles from './listening.module.css'
import type { Import } from './shapes.ts'

const TONES: Record<Import['state'], Tone> = {
  uploaded: 'accent',
  running: 'notice',
  done: 'good',
  cancelled: 'neutral',
  failed: 'urgent',
}
const FIGURES = ['rows', 'posts', 'duplicates', 'rejected', 'authors'] as const
const PAGE_REJECTIONS = 50

export function ImportStateTag({ one }: { one: Import }) {
  const t = useTexts('listening')
  if (one.waiting) return <Tag>{t('imports.states.waiting')}</Tag>
  return <Tag tone={TONES[one.state]}>{t(`imports.states.${one.state}`)}</Tag>
}

/** Each figure says what it counts. */
export function ImportFigures({ one }: { one: Import }) {
  const t = useTexts('listening')
  const formats = useFormats()
  return (
    <dl className={styles.figures}>
      {FIGURES.map((name) => (
        <div key={name} title={t(`imports.figureWhy.${name}`)}>
          <dt>{t(`imports.figure.${name}`)}</dt>
          <dd>{formats.number(one[name])}</dd>
        </div>
      ))}
    </dl>
  )
}

export function ImportResult({ one }: { one: Import }) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const { slug } = useWorkspace()
  const resume = useMutation(
    api.listening.imports.start.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.listening.imports.key() }),
    }),
  )
  return (
    <div className={styles.inspection}>
      {one.problem && <ProblemText problem={one.problem} refuses />}
      <ImportFigures one={one} />
      {one.state !== 'done' && <p className={styles.hint}>{t('imports.stoppedHow')}</p>}
      <div className={styles.buttons}>
        {one.state !== 'done' && (
          <Button variant="filled" loading={resume.isPending} onClick={() => resume.mutate({ importId: one.importId })}>
            {t('imports.resume')}
          </Button>
        )}
        <Button renderRoot={(props) => <Link to="/w/$slug/listening/posts" params={{ slug }} {...props} />}>
          {t('imports.toPosts')}
        </Button>
        {one.state !== 'done' && <DeleteUpload one={one} />}
      </div>
      {one.rejected > 0 && <Rejections one={one} />}
    </div>
  )
}

function Rejections({ one }: { one: Import }) {
  const t = useTexts('listening')
  const { workspaceId } = useWorkspace()
  const language = useLanguage()
  const textOf = useProblemText()
  const list = useInfiniteQuery(
    useApi().listening.imports.rejections.infiniteOptions({
      input: (after: string | undefined) => ({
        importId: one.importId,
        limit: PAGE_REJECTIONS,
        ...(after ? { after } : {}),
      }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  )
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section aria-label={t('imports.rejections')}>
      <h2 className={styles.sectionTitle}>{t('imports.rejections')}</h2>
      <p className={styles.hint}>
        {t('imports.rejectionsWhy')}{' '}
        <Anchor
          href={`/files/imports/${one.importId}/rejections.csv?${new URLSearchParams({ workspace: workspaceId, language })}`}
          download
        >
          {t('imports.rejectionsDownload')}
        </Anchor>
      </p>
      {list.error && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      <ul className={styles.cards}>
        {items.map((rejection) => (
          <li key={rejection.line} className={styles.quarantined}>
            <p>
              <strong>{t('imports.lineOf', { line: rejection.line })}</strong> {textOf(rejection)}
            </p>
            {rejection.raw && <code className={styles.rawLine}>{rejection.raw}</code>}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('showMore')}
        </Button>
      )}
    </section>
  )
}
