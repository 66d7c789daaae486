import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { Clock } from './clock.tsx'
import { useMemberName } from './member-name.ts'
import { PersonLink } from './person-link.tsx'
import styles from './protection.module.css'
import type { RequestDetail } from './shapes.ts'

/** What was asked, by whom, until when, and what became of it. */
export function RequestFacts({ request }: { request: RequestDetail }) {
  const t = useTexts('privacy')
  const formats = useFormats()
  const assignee = useMemberName()(request.assignedMemberId)
  return (
    <dl className={styles.facts}>
      <dt>{t('protection.request.person')}</dt>
      <dd>
        <PersonLink person={request.person} />
      </dd>
      <dt>{t('protection.request.requester')}</dt>
      <dd dir="auto">{request.requester || '–'}</dd>
      <dt>{t('protection.request.received')}</dt>
      <dd>
        {formats.date(request.receivedAt)}, {t(`protection.channel.${request.channel}`)}
      </dd>
      <dt>{t('protection.request.deadline')}</dt>
      <dd>
        {request.state === 'open' ? <Clock request={request} /> : formats.date(request.dueAt)}
        {request.extendedBecause && <p className={styles.quiet}>{request.extendedBecause}</p>}
      </dd>
      <dt>{t('protection.request.whoAsks')}</dt>
      <dd>
        {t(`protection.request.identity.${request.identity}`)}
        {request.identityHow && (
          <p className={styles.quiet}>
            {request.identityHow === 'portal' ? t('protection.channel.portal') : request.identityHow}
          </p>
        )}
      </dd>
      {assignee && (
        <>
          <dt>{t('protection.request.assignee')}</dt>
          <dd>{assignee}</dd>
        </>
      )}
      {request.details && (
        <>
          <dt>{t('protection.request.details')}</dt>
          <dd dir="auto">{request.details}</dd>
        </>
      )}
      {request.outcome && (
        <>
          <dt>{t('protection.request.ended')}</dt>
          <dd>
            {t(`protection.request.outcome.${request.outcome}`)}
            <p className={styles.quiet}>{request.outcomeBecause}</p>
          </dd>
        </>
      )}
    </dl>
  )
}

export function RequestLog({ request: { log } }: { request: RequestDetail }) {
  const t = useTexts('privacy')
  const formats = useFormats()
  return (
    <section aria-label={t('protection.request.log')}>
      <h3 className={styles.heading}>{t('protection.request.log')}</h3>
      <ul className={styles.list}>
        {log.map((entry, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a log only grows at its end.
          <li key={place} className={styles.entry}>
            <span className={styles.quiet}>{formats.exact(entry.at)}</span>
            <span>
              {t(`protection.log.${entry.what}`, {
                who: entry.by.name ?? t(`actor.${entry.by.kind}`, { defaultValue: entry.by.kind }),
              })}
              {entry.note && entry.note !== 'portal' && <q dir="auto">{entry.note}</q>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
