import type { AlarmKind } from '../../../contract/measurement-alarms.ts'
import type { AlarmWithCause } from './listing.ts'

type Language = 'en' | 'de' | 'nl'

interface Texts {
  locale: string
  subject(topic: string, crisis: boolean): string
  subjectOfSeveral(count: number, workspace: string): string
  greeting: string
  since(time: string, posts: string, expected: string): string
  ended(time: string): string
  kinds: Record<AlarmKind, (observed: string, expected: string, of: string, span: string) => string>
  crisis: string
  networks: string
  terms: string
  authors: string
  posts: string
  like(count: string): string
  open: string
  goodbye: string
}

const TEXTS: Record<Language, Texts> = {
  en: {
    locale: 'en-GB',
    subject: (topic, crisis) => (crisis ? `Crisis alarm: ${topic}` : `Alarm: ${topic}`),
    subjectOfSeveral: (count, workspace) => `${count} alarms in ${workspace}`,
    greeting: 'Hello,',
    since: (time, posts, expected) => `Since ${time}: ${posts} posts; usually it would be ${expected}.`,
    ended: (time) => `It ended at ${time}.`,
    kinds: {
      volume: (observed, expected, _of, span) => `${observed} posts within ${span} instead of ${expected}`,
      'negative-share': (observed, expected, of, span) =>
        `${observed} of ${of} posts within ${span} are negative, usually ${expected}`,
      reach: (observed, _expected, _of, span) => `The authors of ${span} have ${observed} followers together`,
      'single-voice': (observed, _expected, of, span) => `One author wrote ${observed} of ${of} posts within ${span}`,
    },
    crisis: 'Ten times the usual: this is told in quiet hours too.',
    networks: 'Where',
    terms: 'New in what is said',
    authors: 'Most heard',
    posts: 'Posts',
    like: (count) => `${count} alike`,
    open: 'Look at the alarm and acknowledge it',
    goodbye: 'Who is told of a topic stands with the topic, under Alarms; how you are told, under Settings.',
  },
  de: {
    locale: 'de-DE',
    subject: (topic, crisis) => (crisis ? `Krisenalarm: ${topic}` : `Alarm: ${topic}`),
    subjectOfSeveral: (count, workspace) => `${count} Alarme in ${workspace}`,
    greeting: 'Guten Tag,',
    since: (time, posts, expected) => `Seit ${time}: ${posts} Beiträge; üblich wären ${expected}.`,
    ended: (time) => `Beendet um ${time}.`,
    kinds: {
      volume: (observed, expected, _of, span) => `${observed} Beiträge in ${span} statt ${expected}`,
      'negative-share': (observed, expected, of, span) =>
        `${observed} von ${of} Beiträgen in ${span} sind negativ, üblich wären ${expected}`,
      reach: (observed, _expected, _of, span) => `Wer in ${span} schrieb, hat zusammen ${observed} Follower`,
      'single-voice': (observed, _expected, of, span) =>
        `Von ${of} Beiträgen in ${span} stammen ${observed} aus einer Hand`,
    },
    crisis: 'Das Zehnfache des Üblichen: Das wird auch in Ruhezeiten gemeldet.',
    networks: 'Wo',
    terms: 'Neu in dem, was gesagt wird',
    authors: 'Am meisten gehört',
    posts: 'Beiträge',
    like: (count) => `${count} ähnliche`,
    open: 'Alarm ansehen und quittieren',
    goodbye:
      'Wer von einem Thema erfährt, steht beim Thema unter „Alarme“; wie Sie es erfahren, unter „Einstellungen“.',
  },
  nl: {
    locale: 'nl-NL',
    subject: (topic, crisis) => (crisis ? `Crisisalarm: ${topic}` : `Alarm: ${topic}`),
    subjectOfSeveral: (count, workspace) => `${count} alarmen in ${workspace}`,
    greeting: 'Hallo,',
    since: (time, posts, expected) => `Sinds ${time}: ${posts} berichten; normaal zijn het er ${expected}.`,
    ended: (time) => `Geëindigd om ${time}.`,
    kinds: {
      volume: (observed, expected, _of, span) => `${observed} berichten in ${span} in plaats van ${expected}`,
      'negative-share': (observed, expected, of, span) =>
        `${observed} van de ${of} berichten in ${span} zijn negatief, normaal ${expected}`,
      reach: (observed, _expected, _of, span) => `Wie in ${span} schreef, heeft samen ${observed} volgers`,
      'single-voice': (observed, _expected, of, span) =>
        `Van de ${of} berichten in ${span} komen er ${observed} van één auteur`,
    },
    crisis: 'Tien keer zoveel als normaal: dat wordt ook in stille uren gemeld.',
    networks: 'Waar',
    terms: 'Nieuw in wat er gezegd wordt',
    authors: 'Meest gehoord',
    posts: 'Berichten',
    like: (count) => `${count} vergelijkbare`,
    open: 'Bekijk het alarm en bevestig het',
    goodbye:
      'Wie over een onderwerp bericht krijgt, staat bij het onderwerp onder Alarmen; hoe je bericht krijgt, onder Instellingen.',
  },
}

interface Place {
  workspace: string
  timeZone: string
  withContent: boolean
  link(path: string): string
}

const SNIPPET_CHARACTERS = 280

export function alarmMailText(
  language: string,
  alarms: readonly AlarmWithCause[],
  place: Place,
): { subject: string; text: string } {
  const texts = TEXTS[language as Language] ?? TEXTS.en
  const [first] = alarms
  const subject =
    alarms.length === 1 && first
      ? texts.subject(oneLine(first.topicName), first.strength === 'crisis')
      : texts.subjectOfSeveral(alarms.length, oneLine(place.workspace))
  const entries = alarms.map((alarm) => entryOf(texts, alarm, place))
  return { subject, text: `${[texts.greeting, ...entries, texts.goodbye].join('\n\n')}\n` }
}

/** A subject is one header line, whatever a topic is called. */
const oneLine = (name: string): string => name.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 150)

function entryOf(texts: Texts, alarm: AlarmWithCause, place: Place): string {
  const { cause } = alarm
  const number = new Intl.NumberFormat(texts.locale, { maximumFractionDigits: 1 })
  const time = new Intl.DateTimeFormat(texts.locale, {
    timeZone: place.timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  })
  const list = new Intl.ListFormat(texts.locale, { type: 'unit' })
  const names = (values: readonly string[]) => list.format(values)
  const lines = [
    alarm.topicName,
    texts.since(time.format(alarm.beganAt), number.format(alarm.posts), number.format(alarm.expected)),
    ...alarm.findings.map(({ kind, observed, expected, of, minutes }) => {
      const told = [observed, expected, of].map((value) => number.format(value)) as [string, string, string]
      return `– ${texts.kinds[kind](...told, spanOf(minutes, texts.locale))}`
    }),
    ...(alarm.strength === 'crisis' ? [texts.crisis] : []),
    ...(alarm.endedAt ? [texts.ended(time.format(alarm.endedAt))] : []),
    ...(cause.networks.length > 0
      ? [
          `${texts.networks}: ${names(cause.networks.map(({ network, posts }) => `${network} (${number.format(posts)})`))}`,
        ]
      : []),
    ...(cause.terms.length > 0 ? [`${texts.terms}: ${names(cause.terms.map(({ term }) => term))}`] : []),
    ...(cause.authors.length > 0 && place.withContent
      ? [`${texts.authors}: ${names(cause.authors.map(({ name }) => name))}`]
      : []),
    ...(cause.posts.length > 0 ? [`${texts.posts}:`] : []),
    ...cause.posts.map(({ post, like }) => {
      const alike = like > 1 ? ` (${texts.like(number.format(like))})` : ''
      const quoted = place.withContent ? `\n> ${post.text.slice(0, SNIPPET_CHARACTERS).replaceAll('\n', '\n> ')}` : ''
      return `${place.link(`listening/posts?post=${post.postId}`)}${alike}${quoted}`
    }),
    `${texts.open}: ${place.link(`measure/alarms?alarm=${alarm.alarmId}`)}`,
  ]
  return lines.join('\n')
}

/** "5 minutes", "1 hour": the language's own. */
function spanOf(minutes: number, locale: string): string {
  const [value, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}
