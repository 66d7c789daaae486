import { useQuery } from '@tanstack/react-query'
import { useActorName } from '../../listening/actor-name.ts'
import { useNetworkName } from '../../listening/network-names.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { Tag } from '../../ui/tag.tsx'
import type { Person, Profile } from '../shapes.ts'
import { MoodStrip } from './mood-strip.tsx'
import styles from './person.module.css'
import { PersonTags } from './person-tags.tsx'
import { ScoreFigures } from './score-figures.tsx'

interface PersonHeaderProps {
  person: Person
  profile: Profile
}

/** Who this is, at a glance: since when and why we know them, what they are worth to us, how they speak, where they answer. */
export function PersonHeader({ person, profile }: PersonHeaderProps) {
  const t = useTexts('people')
  return (
    <section className={styles.header} aria-label={t('profile.glance')}>
      <div className={styles.who}>
        <Avatar name={profile.name} size={48} />
        <div className={styles.whoBody}>
          <p className={styles.name} dir="auto">
            {profile.name}
          </p>
          <Known person={person} profile={profile} />
          <PersonTags profile={profile} />
        </div>
      </div>
      <ScoreFigures profile={profile} />
      <div className={styles.facts}>
        <MoodStrip personId={profile.personId} />
        <BestChannel personId={profile.personId} />
        <Consents personId={profile.personId} />
      </div>
    </section>
  )
}

/** Since when, and why at all. */
function Known({ person, profile }: { person: Person; profile: Profile }) {
  const t = useTexts('people')
  const formats = useFormats()
  const networkName = useNetworkName()
  const who = useActorName()(person.createdBy)
  const heardBefore = formats.date(profile.knownSince) !== formats.date(person.createdAt)
  return (
    <>
      <p className={styles.quiet} title={formats.exact(person.createdAt)}>
        {t(`began.${person.beganBecause}`, { who, date: formats.date(person.createdAt) })}
        {person.reason && ` ${t('begin.because', { reason: person.reason })}`}
      </p>
      <p className={styles.quiet}>
        {heardBefore && (
          <span className={styles.since} title={formats.exact(profile.knownSince)}>
            {t('profile.knownSince', { date: formats.date(profile.knownSince) })}
          </span>
        )}
        {profile.networks.map((network) => (
          <span key={network} className={styles.network} title={networkName(network)}>
            <NetworkMark network={network} size={12} /> {networkName(network)}
          </span>
        ))}
      </p>
    </>
  )
}

/** Where they wrote again after we answered; where nobody answered yet, where they write. */
function BestChannel({ personId }: { personId: string }) {
  const mayReadInbox = useMay('inbox.read')
  const t = useTexts('people')
  const networkName = useNetworkName()
  const { data } = useQuery({
    ...useApi().inbox.persons.contacts.queryOptions({ input: { personId } }),
    enabled: mayReadInbox,
  })
  const [best] = data?.channels ?? []
  if (!best) return null
  const said = { answered: best.answered, count: best.conversations, replied: best.repliedAfterOurs }
  return (
    <div className={styles.fact}>
      <h2 className={styles.label}>{t('profile.bestChannel')}</h2>
      <p className={styles.channel}>
        <NetworkMark network={best.network} size={14} /> {networkName(best.network)}
      </p>
      <p className={styles.quiet}>{t(best.answered > 0 ? 'profile.answeredThere' : 'profile.writesThere', said)}</p>
    </div>
  )
}

/** What they agreed to and what they do not want; more stands below, where it can be changed. */
function Consents({ personId }: { personId: string }) {
  const t = useTexts('people')
  const { data } = useQuery(useApi().privacy.consents.ofPerson.queryOptions({ input: { personId } }))
  if (!data) return null
  const given = Object.entries(data.purposes).filter(([, state]) => state === 'given')
  if (data.mayContact && data.mayProfile && given.length === 0) return null
  return (
    <div className={styles.fact}>
      <h2 className={styles.label}>{t('profile.protection')}</h2>
      <div className={styles.tags}>
        {!data.mayContact && <Tag tone="urgent">{t('privacy:protection.objection.contact')}</Tag>}
        {!data.mayProfile && <Tag tone="notice">{t('privacy:protection.objection.profiling')}</Tag>}
        {given.map(([purpose]) => (
          <Tag key={purpose} tone="good">
            {t(`privacy:protection.purpose.${purpose}`)}
          </Tag>
        ))}
      </div>
    </div>
  )
}
