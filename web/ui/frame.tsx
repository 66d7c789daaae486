import { Drawer, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { type ComponentType, type ReactNode, useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import styles from './frame.module.css'

/** On a phone the bar at the bottom shows so many entries; the others lie behind "More". */
const BAR_ENTRIES_MAX = 4

export interface FrameEntry {
  id: string
  label: string
  icon: ComponentType<{ size?: number | string; stroke?: number | string; 'aria-hidden'?: boolean }>
  href: string
  current: boolean
  /** Called as a hook while the entry is shown. */
  useCount(): number | null
  end: boolean
}

export interface FrameLinkProps {
  className: string | undefined
  'aria-current': 'page' | undefined
  onClick?: () => void
  children: ReactNode
}

interface FrameProps {
  entries: FrameEntry[]
  /** How an entry becomes a link; the router's link prefetches on hover. */
  link?: (entry: FrameEntry, props: FrameLinkProps) => ReactNode
  /** Above the entries: which workspace. */
  top?: ReactNode
  /** Below them: who is signed in. */
  foot?: ReactNode
  /** One quiet line above the work: offline, drill. */
  notice?: ReactNode
  children: ReactNode
}

const plainLink = (entry: FrameEntry, props: FrameLinkProps) => <a href={entry.href} {...props} />

/** Rail, notice and work. Below 48em the rail becomes a bar at the bottom. */
export function Frame({ entries, link = plainLink, top, foot, notice, children }: FrameProps) {
  const t = useTexts('ui')
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#work">
        {t('frame.skip')}
      </a>
      <nav className={styles.rail} aria-label={t('frame.navigation')}>
        <div className={styles.top}>{top}</div>
        <RailList entries={entries.filter((entry) => !entry.end)} link={link} />
        <div className={styles.spring} />
        <RailList entries={entries.filter((entry) => entry.end)} link={link} />
        <div className={styles.foot}>{foot}</div>
      </nav>
      <main className={styles.main} id="work" tabIndex={-1}>
        {notice}
        {children}
      </main>
      <BottomBar entries={entries} link={link} top={top} foot={foot} />
    </div>
  )
}

type ListProps = { entries: FrameEntry[]; link: NonNullable<FrameProps['link']>; onPick?: () => void }

function RailList({ entries, link, onPick }: ListProps) {
  if (entries.length === 0) return null
  return (
    <ul className={styles.list}>
      {entries.map((entry) => (
        <li key={entry.id}>
          {link(entry, {
            className: styles.entry,
            'aria-current': entry.current ? 'page' : undefined,
            ...(onPick ? { onClick: onPick } : {}),
            children: <EntryFace entry={entry} />,
          })}
        </li>
      ))}
    </ul>
  )
}

function EntryFace({ entry }: { entry: FrameEntry }) {
  const formats = useFormats()
  const count = entry.useCount()
  return (
    <>
      <entry.icon size={18} stroke={1.6} aria-hidden />
      <span className={styles.label}>{entry.label}</span>
      {count ? <span className={styles.count}>{formats.compact(count)}</span> : null}
    </>
  )
}

function BottomBar({ entries, link, top, foot }: ListProps & Pick<FrameProps, 'top' | 'foot'>) {
  const t = useTexts('ui')
  const [open, setOpen] = useState(false)
  const inBar = entries.filter((entry) => !entry.end).slice(0, BAR_ENTRIES_MAX)
  const close = () => setOpen(false)
  return (
    <nav className={styles.bar} aria-label={t('frame.navigation')}>
      {inBar.map((entry) => (
        <div key={entry.id} className={styles.barItem}>
          {link(entry, {
            className: styles.barEntry,
            'aria-current': entry.current ? 'page' : undefined,
            children: <EntryFace entry={entry} />,
          })}
        </div>
      ))}
      <UnstyledButton className={styles.barEntry} onClick={() => setOpen(true)} aria-haspopup="dialog">
        <IconDots size={18} stroke={1.6} aria-hidden />
        <span className={styles.label}>{t('frame.more')}</span>
      </UnstyledButton>
      <Drawer
        opened={open}
        onClose={close}
        position="bottom"
        size="auto"
        classNames={{ content: styles.sheetBox }}
        title={t('frame.navigation')}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <div className={styles.sheet}>
          {top}
          <RailList entries={entries} link={link} onPick={close} />
          {foot}
        </div>
      </Drawer>
    </nav>
  )
}
