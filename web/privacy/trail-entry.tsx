import { ActionIcon } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useFormats } from '../platform/formats.ts'
import { i18n, useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { Said } from './said.tsx'
import { byKind, contextOf, type Subject, screenOf, subjectsOf, type TrailEntry } from './sentence.ts'
import styles from './trail.module.css'

/** More of one kind than this are a crowd, and only said how many. */
const SHOWN_EACH_MAX = 2

/** One event as a sentence, with the way to what it happened to. */
export function TrailRow({ entry }: { entry: TrailEntry }) {
  const t = useTexts('privacy')
  const formats = useFormats()
  const subjects = subjectsOf(entry)
  const kindOf = (kind: string) => t(`subject.${kind}`, { defaultValue: t('subject.thing') })
  return (
    <li className={styles.entry}>
      <div className={styles.main}>
        <div className={styles.sentence}>
          <Sentence entry={entry} />
        </div>
        <Said entry={entry} />
        {subjects.length > 0 && (
          <div className={styles.subjects}>
            {byKind(subjects).map(([kind, each]) =>
              each.length > SHOWN_EACH_MAX ? (
                <span key={kind}>{t('many', { number: formats.number(each.length), what: kindOf(kind) })}</span>
              ) : (
                each.map((subject) => (
                  <SubjectLink key={`${kind}-${subject.id}`} subject={subject} name={entry.names[subject.id]} />
                ))
              ),
            )}
          </div>
        )}
      </div>
      <time className={styles.time} dateTime={entry.at.toISOString()} title={formats.exact(entry.at)}>
        {formats.clock(entry.at)}
      </time>
    </li>
  )
}

function Sentence({ entry }: { entry: TrailEntry }) {
  const t = useTexts('privacy')
  const { type, actor, codes } = entry
  // Whoever joins was nobody here before: the event is about them, not by them.
  const joined = type === 'member.joined' ? entry.names[String(entry.subjects.memberId)] : undefined
  const who = joined ?? actor.name ?? t(type === 'member.joined' ? 'actor.member' : `actor.${actor.kind}`)
  // An event of a newer version, or of an extension, is told by its name.
  if (!i18n.exists(`privacy:events.${type}`)) return t('unknown', { who, type })
  const role = codes.role ? t(`accounts:role.${String(codes.role)}.name`) : ''
  const context = contextOf(entry)
  return t(`events.${type}`, { who, role, ...(context ? { context } : {}) })
}

function SubjectLink({ subject, name }: { subject: Subject; name: string | undefined }) {
  const t = useTexts('privacy')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const filters = useSearch({ from: '/w/$slug/activity' })
  const kind = t(`subject.${subject.kind}`, { defaultValue: t('subject.thing') })
  const label = name ? `${kind}: ${name}` : kind
  const screen = screenOf(subject)
  return (
    <span className={styles.subject}>
      {screen ? (
        // Which screen it is stands in the data, so the address cannot be checked here.
        <Link to={`/w/${slug}/${screen.path}` as '/'} search={(screen.search ?? {}) as never}>
          {label}
        </Link>
      ) : (
        label
      )}
      {!('subject' in filters) && (
        <ActionIcon
          size={24}
          aria-label={t('filter.only', { subject: label })}
          title={t('filter.only', { subject: label })}
          onClick={() => void navigate({ to: '.', search: { subject: subject.id } as never })}
        >
          <IconFilter size={12} stroke={1.6} />
        </ActionIcon>
      )}
    </span>
  )
}
