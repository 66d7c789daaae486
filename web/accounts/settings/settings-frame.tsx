import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useMe, useWorkspace } from '../../platform/session.ts'
import { addressOf, GROUPS, type Section, sectionsFor } from './sections.ts'
import styles from './settings.module.css'

/** Sections beside the one that is open; on a phone one after the other. */
export function SettingsFrame() {
  const t = useTexts('accounts')
  const { slug, permissions } = useWorkspace()
  const { installationAdmin } = useMe()
  const { pathname } = useLocation()
  const inside = pathname.replace(/\/$/, '') !== `/w/${slug}/settings`
  const sections = sectionsFor(permissions, installationAdmin)
  return (
    <div className={styles.frame} data-inside={inside || undefined}>
      <nav className={styles.nav} aria-label={t('title')}>
        <h1 className={styles.title}>{t('title')}</h1>
        {GROUPS.map((group) => (
          <SectionGroup key={group} group={group} sections={sections.filter((section) => section.group === group)} />
        ))}
      </nav>
      <div className={styles.work}>
        <Outlet />
      </div>
    </div>
  )
}

function SectionGroup({ group, sections }: { group: Section['group']; sections: Section[] }) {
  const t = useTexts('accounts')
  const { slug } = useWorkspace()
  if (sections.length === 0) return null
  return (
    <>
      <h2 className={styles.group}>{t(`settings.group.${group}`)}</h2>
      <ul className={styles.links}>
        {sections.map(({ icon: Icon, ...section }) => (
          <li key={section.path}>
            <Link
              className={styles.link}
              to={addressOf(section)}
              params={{ slug }}
              activeProps={{ 'aria-current': 'page' }}
            >
              <Icon size={16} stroke={1.6} aria-hidden />
              {t(`settings.section.${section.path}`)}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
