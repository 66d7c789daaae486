import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import { useMay, useWorkspace } from '../platform/session.ts'
import styles from './people.module.css'

/** Heads the timeline; leads to the same people's conversations in the inbox. */
export function TimelineTitle({ of }: { of: { author: string } | { person: string } }) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const mayReadInbox = useMay('inbox.read')
  return (
    <div className={styles.timelineHead}>
      <h2 className={styles.title}>{t('timeline.title')}</h2>
      {mayReadInbox && (
        <Anchor
          renderRoot={(props) => (
            <Link to="/w/$slug/inbox" params={{ slug }} search={{ state: 'all', ...of }} {...props} />
          )}
        >
          {t('timeline.allConversations')}
        </Anchor>
      )}
    </div>
  )
}
