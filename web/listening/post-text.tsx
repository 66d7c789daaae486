import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { Highlighted } from '../ui/highlighted.tsx'
import { excerpt } from './excerpt.ts'
import { useNetworkName } from './network-names.ts'
import styles from './post.module.css'
import type { Post, PostSpan } from './shapes.ts'

/** Longer texts (articles) are folded in a thread, so that the next post stays in sight. */
const FOLDED_CHARACTERS = 900

const spansIn = (spans: readonly PostSpan[], part: PostSpan['field']) =>
  spans.filter(({ field }) => field === part).map(({ start, end }) => ({ from: start, to: end }))

interface PostTextProps {
  post: Post
  spans?: readonly PostSpan[]
  /** A few lines of it, without anything to press: for rows of a list. */
  short?: boolean
}

export function PostText({ post, spans = [], short = false }: PostTextProps) {
  const t = useTexts('listening')
  const [whole, setWhole] = useState(false)
  if (post.deleted) return <Tombstone post={post} />
  const long = !short && post.text.length > FOLDED_CHARACTERS
  const shown = short ? excerpt(post.text, spansIn(spans, 'text')) : { text: post.text, spans: spansIn(spans, 'text') }
  const folded = short ? 'row' : long && !whole ? 'card' : undefined
  return (
    <>
      {post.title && (
        <p className={styles.title} lang={post.language ?? undefined}>
          <Highlighted text={post.title} spans={spansIn(spans, 'title')} />
        </p>
      )}
      <p className={styles.text} data-folded={folded} lang={post.language ?? undefined} dir="auto">
        <Highlighted {...shown} />
      </p>
      {long && (
        <UnstyledButton className={styles.unfold} aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {t(whole ? 'post.fold' : 'post.unfold')}
        </UnstyledButton>
      )}
    </>
  )
}

/** The post was here; its content is gone, and so it stays gone here. */
function Tombstone({ post }: { post: Post }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const networkName = useNetworkName()
  if (!post.deleted) return null
  const { at, because } = post.deleted
  return (
    <p className={styles.tombstone} title={formats.exact(at)}>
      {t(`post.deleted.${because}`, { network: networkName(post.network), date: formats.date(at) })}
    </p>
  )
}
