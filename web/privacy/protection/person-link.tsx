import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import styles from './protection.module.css'

/** To the person's page; whoever was erased has none. */
export function PersonLink({ person }: { person: { personId: string; name: string } | null }) {
  const t = useTexts('privacy')
  const { slug } = useWorkspace()
  if (!person) return <span className={styles.quiet}>{t('protection.noPerson')}</span>
  const { personId, name } = person
  return (
    <Anchor
      inherit
      underline="always"
      dir="auto"
      renderRoot={(props) => <Link to="/w/$slug/people/persons/$personId" params={{ slug, personId }} {...props} />}
    >
      {name}
    </Anchor>
  )
}
