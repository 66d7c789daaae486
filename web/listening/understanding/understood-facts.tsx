import { Popover, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconStack2, IconUserCheck } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { Tag } from '../../ui/tag.tsx'
import type { FoundPost, Post } from '../shapes.ts'
import styles from './understood.module.css'
import { SENTIMENT_ICONS, type Understood, useSentimentText } from './understood-words.ts'

const UnderstoodPanel = lazy(() => import('./understood-panel.tsx'))

interface UnderstoodFactsProps {
  post: Post | FoundPost
  /** It can be pressed: how it was made, and what a person says of it. */
  explains: boolean
}

/** What was understood of a post, in words with icons, and how many others say the same. */
export default function UnderstoodFacts({ post, explains }: UnderstoodFactsProps) {
  const { understood } = post
  return (
    <>
      {understood && (explains ? <Pressed post={post} understood={understood} /> : <Said understood={understood} />)}
      {'alike' in post && post.alike.count > 0 && <Alike alike={post.alike} />}
    </>
  )
}

function Pressed({ post, understood }: { post: Post; understood: Understood }) {
  const t = useTexts('listening')
  const [open, setOpen] = useState(false)
  return (
    <Popover opened={open} onChange={setOpen} width={340} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.pressed}
          title={t('understood.ask')}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Said understood={understood} whole />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        {open && (
          <Suspense fallback={<TextSkeleton lines={4} />}>
            <UnderstoodPanel postId={post.postId} understood={understood} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

/**
 * `whole`: also what is no news in a list, that a post is neutral or was not read, because there is something to press.
 */
function Said({ understood, whole = false }: { understood: Understood; whole?: boolean }) {
  const t = useTexts('listening')
  const sentimentText = useSentimentText()
  const { sentiment, intent, offensive, labels } = understood
  const Icon = sentiment && SENTIMENT_ICONS[sentiment]
  return (
    <>
      {(whole || (Icon && sentiment !== 'neutral')) && (
        <Tag icon={Icon && <Icon size={14} stroke={1.8} aria-hidden />}>{sentimentText(understood)}</Tag>
      )}
      {intent && <Tag>{t(`understood.intents.${intent}`)}</Tag>}
      {offensive && (
        <Tag icon={<IconAlertTriangle size={14} stroke={1.8} aria-hidden />}>{t('understood.offensive')}</Tag>
      )}
      {labels.length > 0 && (
        <IconUserCheck
          className={styles.byPerson}
          size={14}
          stroke={1.8}
          role="img"
          aria-label={t('understood.byPerson')}
        />
      )}
    </>
  )
}

function Alike({ alike: { count, more } }: { alike: FoundPost['alike'] }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const number = more ? t('atLeast', { number: formats.number(count) }) : formats.number(count)
  return <Tag icon={<IconStack2 size={14} stroke={1.8} aria-hidden />}>{t('alike.others', { count, number })}</Tag>
}
