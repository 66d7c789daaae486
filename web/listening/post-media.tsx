import { Anchor, Modal, UnstyledButton } from '@mantine/core'
import { IconFile, IconMusic, IconPhoto, IconPlayerPlayFilled } from '@tabler/icons-react'
import { type KeyboardEvent, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { playFilm } from './film-playing.ts'
import { filmAddress, isAttached, mediumAddress, previewAddress } from './media-address.ts'
import styles from './post.module.css'
import type { Post } from './shapes.ts'
import { webAddress } from './web-address.ts'

const AttachedFile = lazy(() => import('./attached-file.tsx'))
const SaveAttached = lazy(async () => ({ default: (await import('./attached-file.tsx')).SaveAttached }))

const SIGNS = { image: IconPhoto, video: IconPlayerPlayFilled, audio: IconMusic, file: IconFile }
type Medium = Post['media'][number]

/** What can be played through our proxy: a film or sound in one file, or a film in pieces with a playlist of them. */
const IN_ONE_FILE = /\.(mp4|m4v|webm|mov|mp3|m4a|ogg|oga|wav)$/i
const IN_PIECES = /\.m3u8$/i

const hasEnding = (url: string, ending: RegExp): boolean => ending.test(URL.parse(url)?.pathname ?? '')
const isInPieces = ({ kind, url }: Medium): boolean => kind === 'video' && hasEnding(url, IN_PIECES)
const opensHere = (medium: Medium): boolean =>
  medium.kind === 'image' || isInPieces(medium) || (medium.kind !== 'file' && hasEnding(medium.url, IN_ONE_FILE))

/** Pictures, films and sounds open here; what cannot be played through our proxy, and files, where they stand. */
export function PostMedia({ post }: { post: Post }) {
  const [open, setOpen] = useState<number | null>(null)
  const shownHere = post.media.flatMap((medium, index) => (opensHere(medium) ? [index] : []))
  if (post.media.length === 0 || post.deleted) return null
  return (
    <div className={styles.media}>
      {post.media.map((medium, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a medium is known by its place in the post.
        <MediumButton key={index} post={post} index={index} medium={medium} onOpen={() => setOpen(index)} />
      ))}
      <Lightbox post={post} images={shownHere} shown={open} onShow={setOpen} />
    </div>
  )
}

interface MediumButtonProps {
  post: Post
  index: number
  medium: Medium
  onOpen(): void
}

function MediumButton({ post, index, medium, onOpen }: MediumButtonProps) {
  const t = useTexts('listening')
  const name = medium.alt || t(`media.kind.${medium.kind}`)
  if (isAttached(medium))
    return (
      <Suspense>
        <AttachedFile post={post} index={index} onOpen={medium.kind === 'image' ? onOpen : null} />
      </Suspense>
    )
  const face = <Thumbnail post={post} index={index} />
  if (opensHere(medium))
    return (
      <UnstyledButton className={styles.medium} onClick={onOpen} aria-label={t('media.open', { name })}>
        {face}
      </UnstyledButton>
    )
  const original = webAddress(post.url)
  if (!original) return <span className={styles.medium}>{face}</span>
  return (
    <Anchor
      className={styles.medium}
      href={original}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={t('media.atOriginal', { name })}
    >
      {face}
    </Anchor>
  )
}

/** A small picture from our proxy, or the sign of its kind where there is none. */
export function Thumbnail({ post, index }: { post: Post; index: number }) {
  const { workspaceId } = useWorkspace()
  const [broken, setBroken] = useState(false)
  const kind = post.media[index]?.kind ?? 'file'
  const address = previewAddress(post, index, workspaceId)
  const Sign = SIGNS[kind]
  return (
    <span className={styles.thumbnail}>
      {address && !broken && (
        <img src={address} alt="" loading="lazy" decoding="async" onError={() => setBroken(true)} />
      )}
      {(kind !== 'image' || !address || broken) && <Sign size={18} aria-hidden />}
    </span>
  )
}

/** Gone at the network, too large, or not what it said it was: then that is said. */
function WholePicture({ address, alt, ifNot }: { address: string; alt: string; ifNot: string }) {
  const [broken, setBroken] = useState(false)
  if (broken) return <p className={styles.tombstone}>{ifNot}</p>
  return <img src={address} alt={alt} onError={() => setBroken(true)} />
}

/** Nothing is fetched before somebody presses play. What people post brings no captions that we could show. */
function Player({ medium, address, poster }: { medium: Medium; address: string; poster: string | null }) {
  const t = useTexts('listening')
  const [broken, setBroken] = useState(false)
  if (broken) return <p>{t('media.unavailable')}</p>
  const shared = { src: address, controls: true, preload: 'none', onError: () => setBroken(true) } as const
  if (medium.kind === 'audio') return <audio {...shared} aria-label={medium.alt || t('media.kind.audio')} />
  return <video {...shared} {...(poster ? { poster } : {})} aria-label={medium.alt || t('media.kind.video')} />
}

/** Opened to be watched: its playlist is read at once, its pieces as they are played. */
function FilmInPieces({ medium, address, poster }: { medium: Medium; address: string; poster: string | null }) {
  const t = useTexts('listening')
  const film = useRef<HTMLVideoElement>(null)
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    if (film.current) return playFilm(film.current, address, () => setBroken(true))
  }, [address])
  if (broken) return <p>{t('media.unavailable')}</p>
  const label = medium.alt || t('media.kind.video')
  return <video ref={film} controls playsInline aria-label={label} {...(poster ? { poster } : {})} />
}

interface LightboxProps {
  post: Post
  images: number[]
  shown: number | null
  onShow(index: number | null): void
}

function Lightbox({ post, images, shown, onShow }: LightboxProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const { workspaceId } = useWorkspace()
  const place = shown === null ? -1 : images.indexOf(shown)
  const step = (by: number) => onShow(images[(place + by + images.length) % images.length] ?? null)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') step(1)
    if (event.key === 'ArrowLeft') step(-1)
  }
  const medium = shown === null ? null : post.media[shown]
  const title =
    medium && medium.kind !== 'image'
      ? t(`media.kind.${medium.kind}`)
      : images.length > 1
        ? t('media.ofMany', { place: formats.number(place + 1), count: images.length })
        : t('media.kind.image')
  return (
    <Modal
      opened={shown !== null}
      onClose={() => onShow(null)}
      size="xl"
      title={title}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      onKeyDown={onKeyDown}
    >
      {medium && shown !== null && (
        <figure className={styles.figure}>
          {medium.kind === 'image' ? (
            <WholePicture
              key={shown}
              address={mediumAddress(post, shown, workspaceId)}
              alt={medium.alt}
              ifNot={t(isAttached(medium) ? 'attached.unavailable' : 'media.unavailable')}
            />
          ) : isInPieces(medium) ? (
            <FilmInPieces
              key={shown}
              medium={medium}
              address={filmAddress(post, shown, workspaceId)}
              poster={previewAddress(post, shown, workspaceId)}
            />
          ) : (
            <Player
              key={shown}
              medium={medium}
              address={mediumAddress(post, shown, workspaceId)}
              poster={medium.kind === 'video' ? previewAddress(post, shown, workspaceId) : null}
            />
          )}
          {medium.alt && <figcaption>{medium.alt}</figcaption>}
          {isAttached(medium) && (
            <Suspense>
              <SaveAttached key={shown} post={post} index={shown} />
            </Suspense>
          )}
        </figure>
      )}
      {images.length > 1 && (
        <div className={styles.steps}>
          <UnstyledButton className={styles.unfold} onClick={() => step(-1)}>
            {t('media.previous')}
          </UnstyledButton>
          <UnstyledButton className={styles.unfold} onClick={() => step(1)}>
            {t('media.next')}
          </UnstyledButton>
        </div>
      )}
    </Modal>
  )
}
