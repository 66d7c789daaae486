import { useState } from 'react'
import styles from './avatar.module.css'

interface AvatarProps {
  name: string
  /** An address of our own proxy, never the network's: a picture must not tell anyone that we looked. */
  src?: string | null
  size?: number
}

/** Decoration beside a name: silent to screen readers. Initials stand in until, or instead of, the picture. */
export function Avatar({ name, src = null, size = 28 }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null)
  const style = { width: size, height: size, fontSize: Math.max(9, Math.round(size * 0.4)) }
  return (
    <span className={styles.avatar} style={style} data-hue={hueOf(name)} aria-hidden>
      {initialsOf(name)}
      {src && src !== broken && (
        <img
          src={src}
          alt=""
          width={size}
          height={size}
          loading="lazy"
          decoding="async"
          onError={() => setBroken(src)}
        />
      )}
    </span>
  )
}

/** First letters of the first and last word; of a handle, its first letter. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/^@/, '')
    .split(/[\s._-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => word?.match(/[\p{L}\p{N}]/u)?.[0] ?? '',
  )
  return letters.join('').toUpperCase() || '?'
}

const HUES = 6
/** The same name has the same tint everywhere. */
const hueOf = (name: string) =>
  [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % HUES
