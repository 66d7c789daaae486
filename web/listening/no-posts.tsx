import { Button } from '@mantine/core'
import { IconEarOff, IconSearchOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import { useMay, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import styles from './listening.module.css'
import type { PostSearch } from './post-search.ts'
import { QueryText } from './query-text.tsx'

const EXAMPLES = ['has:question', '*outage* OR offline', 'lang:de -is:reply']
const NO_FILTERS = {
  q: undefined,
  topic: undefined,
  network: undefined,
  lang: undefined,
  direction: undefined,
  period: undefined,
  from: undefined,
  until: undefined,
}

/** Nothing heard yet: how it begins. Nothing found: what else could be asked. */
export function NoPosts({ narrowed, onChange }: { narrowed: boolean; onChange(changed: Partial<PostSearch>): void }) {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const mayAdd = useMay('sources.manage')
  if (!narrowed)
    return (
      <Empty
        icon={IconEarOff}
        title={t('posts.none.title')}
        action={
          mayAdd && (
            <Button
              variant="filled"
              renderRoot={(props) => <Link to="/w/$slug/listening/sources/new" params={{ slug }} {...props} />}
            >
              {t('sources.add')}
            </Button>
          )
        }
      >
        {t('posts.none.how')}
      </Empty>
    )
  return (
    <Empty
      icon={IconSearchOff}
      title={t('posts.nothing.title')}
      action={
        <Button variant="filled" onClick={() => onChange(NO_FILTERS as Partial<PostSearch>)}>
          {t('posts.nothing.all')}
        </Button>
      }
    >
      <p>{t('posts.nothing.how')}</p>
      <ul className={styles.examples}>
        {EXAMPLES.map((query) => (
          <li key={query}>
            <button type="button" className={styles.example} onClick={() => onChange({ q: query })}>
              <QueryText query={query} />
            </button>
          </li>
        ))}
      </ul>
    </Empty>
  )
}
