import { IconShieldLock } from '@tabler/icons-react'
import { Link, useSearch } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useMay, useWorkspace } from '../../platform/session.ts'
import { currentInSight } from '../../ui/current-in-sight.ts'
import { Empty } from '../../ui/empty.tsx'
import { Place } from '../../ui/place.tsx'
import { Copies } from './copies.tsx'
import { Erasures } from './erasures.tsx'
import { Ledger } from './ledger.tsx'
import styles from './protection.module.css'
import { Record } from './record.tsx'
import { Requests } from './requests.tsx'
import { Retention } from './retention.tsx'
import { Rules } from './rules.tsx'
import { PROTECTION_VIEWS, type ProtectionView } from './views.ts'

const PARTS = {
  requests: Requests,
  copies: Copies,
  erasures: Erasures,
  consents: Ledger,
  retention: Retention,
  record: Record,
  rules: Rules,
} satisfies { [View in ProtectionView]: () => React.JSX.Element }

/** What persons asked for about their data, what is done with it, and by which rules it goes. */
export function ProtectionScreen() {
  return useMay('privacy.manage') ? <Parts /> : <Closed />
}

/** Whoever follows a link here learns who may, and finds no tabs that lead nowhere. */
function Closed() {
  const t = useTexts('privacy')
  return (
    <Place title={t('protection.title')}>
      <Empty icon={IconShieldLock} title={t('protection.closed.title')}>
        {t('protection.closed.why')}
      </Empty>
    </Place>
  )
}

function Parts() {
  const t = useTexts('privacy')
  const { slug } = useWorkspace()
  const { view = 'requests' } = useSearch({ from: '/w/$slug/protection' })
  const Part = PARTS[view]
  return (
    <Place
      title={t('protection.title')}
      beside={
        <nav ref={currentInSight} className={styles.tabs} aria-label={t('protection.title')}>
          {PROTECTION_VIEWS.map((id) => (
            <Link
              key={id}
              to="/w/$slug/protection"
              params={{ slug }}
              search={{ view: id }}
              className={styles.tab}
              aria-current={id === view ? 'page' : undefined}
            >
              {t(`protection.view.${id}`)}
            </Link>
          ))}
        </nav>
      }
    >
      <Part />
    </Place>
  )
}
