import { IconBuildingCommunity, IconEar, IconHeadset, IconUsersGroup } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useMe } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import styles from './first-run.module.css'
import { FirstRunFrame } from './first-run-frame.tsx'
import { KINDS, type Kind } from './steps.ts'

const ICONS: Record<Kind, typeof IconEar> = {
  'small-team': IconUsersGroup,
  'care-desk': IconHeadset,
  agency: IconBuildingCommunity,
  'listen-only': IconEar,
}

/** Who are you: the answer presets what a team of this kind usually wants, and each of it can be changed later. */
export function KindScreen() {
  const t = useTexts('accounts')
  const me = useMe()
  return (
    <FirstRunFrame step="kind" slug={null} title={t('firstRun.kind.title')} why={t('firstRun.kind.why')}>
      {me.installationAdmin ? (
        <ul className={styles.cards}>
          {KINDS.map((kind) => (
            <li key={kind}>
              <KindCard kind={kind} />
            </li>
          ))}
        </ul>
      ) : (
        <Empty title={t('firstRun.adminsOnly')}>{t('firstRun.adminsOnlyWhy')}</Empty>
      )}
    </FirstRunFrame>
  )
}

function KindCard({ kind }: { kind: Kind }) {
  const t = useTexts('accounts')
  const Icon = ICONS[kind]
  return (
    <Link className={styles.card} to="/new/workspace" search={{ kind }}>
      <Icon size={22} stroke={1.6} aria-hidden />
      <span>
        <span className={styles.cardTitle}>{t(`kind.${kind}.name`)}</span>
        <span className={styles.cardText}>{t(`kind.${kind}.presets`)}</span>
      </span>
    </Link>
  )
}
