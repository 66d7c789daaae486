import { ANSWER_CLASSES } from '../answers.ts'
import type { TermFigure } from '../contrast.ts'
import type { AuditReport, Voice } from '../figures.ts'
import { columns, responsive, rows } from './charts.ts'
import { figure, legend, quote, samplesOf, type Table, type Writing } from './figure.ts'
import { html, type Markup } from './markup.ts'

const TERMS_WITH_SAMPLES = 4

export function topicsSection(writing: Writing, report: AuditReport): Markup {
  const { t, f } = writing
  const { topics } = report
  const brand = report.brands[0]?.name ?? ''
  const shareBars = (terms: TermFigure[], withOther: boolean) =>
    rows(
      terms.map(({ label, posts, total, otherPosts, otherTotal }) => ({
        label,
        value: posts / total,
        shown: f.finePercent(posts / total),
        ...(withOther
          ? {
              other: (otherPosts ?? 0) / (otherTotal ?? 1),
              otherShown: f.finePercent((otherPosts ?? 0) / (otherTotal ?? 1)),
            }
          : {}),
      })),
      f.percent,
    )
  const termSamples = (terms: TermFigure[]) => [
    ...new Set(terms.slice(0, TERMS_WITH_SAMPLES).flatMap(({ samples }) => samples.slice(0, 2))),
  ]
  const compared = (
    id: string,
    title: string,
    terms: TermFigure[],
    how: string,
    none: string,
    other = t.elsewhere,
    here = t.here(brand),
  ) =>
    figure(writing, {
      id,
      title,
      body:
        terms.length === 0
          ? html`<p>${none}</p>`
          : html`${legend([
              ['bar', here],
              ['bar calm', other],
            ])}${responsive(title, shareBars(terms, true))}`,
      how,
      ...(terms.length === 0 ? {} : { table: termTable(writing, terms), samples: termSamples(terms) }),
    })
  const noBackground = topics.otherPosts < 50
  return html`<h2>${t.about}</h2>
${figure(writing, {
  id: 'frequent',
  title: t.frequent,
  body: responsive(t.frequent, shareBars(topics.frequent, false)),
  how: t.frequentHow(topics.posts),
  table: termTable(writing, topics.frequent),
  samples: termSamples(topics.frequent),
})}
${
  noBackground
    ? html`<p>${t.noBackground}</p>`
    : html`${compared('matters', t.telling(brand), topics.telling, t.tellingHow(topics.posts, topics.otherPosts), t.noTelling)}
${topics.ownWords.length === 0 ? null : html`<h3>${t.ownWords}</h3>${termList(writing, topics.ownWords)}<p class="how">${t.ownWordsHow}</p>`}`
}
${topics.rising ? compared('rising', t.rising(f.dayLong(topics.rising.since)), topics.rising.terms, t.risingHow, t.noRising, t.before, t.since) : null}
${
  topics.competitors.every(({ terms }) => terms.length === 0)
    ? null
    : html`<h3 id="competitors">${t.competitors}</h3>${topics.competitors
        .filter(({ terms }) => terms.length > 0)
        .map(
          ({ name, terms }) =>
            html`<p><strong><bdi>${name}</bdi></strong></p>${termList(writing, terms)}${samplesOf(writing, terms[0]?.samples ?? [], false)}`,
        )}<p class="how">${t.competitorsHow}</p>`
}`
}

const termList = ({ f }: Writing, terms: TermFigure[]): Markup =>
  html`<ul class="terms">${terms.map(({ label, posts, total }) => html`<li><bdi>${label}</bdi> <span class="quiet">${f.percent(posts / total)}</span></li>`)}</ul>`

function termTable({ t, f }: Writing, terms: TermFigure[]): Table {
  const withOther = terms.some(({ otherPosts }) => otherPosts !== null)
  const { term, post, here, elsewhere, certainty } = t.columns
  return {
    head: [term, post, here, ...(withOther ? [elsewhere, certainty] : [])],
    rows: terms.map(({ label, posts, total, otherPosts, otherTotal, g2 }) => {
      const other = (otherPosts ?? 0) / (otherTotal ?? 1)
      return {
        cells: [label, posts, posts / total, ...(withOther ? [other, g2] : [])],
        shown: [
          label,
          f.whole(posts),
          f.finePercent(posts / total),
          ...(withOther ? [f.finePercent(other), f.whole(g2 ?? 0)] : []),
        ],
      }
    }),
  }
}

export function voicesSection(writing: Writing, report: AuditReport): Markup {
  const { t, f } = writing
  const { voices } = report
  const total = report.brands[0]?.posts ?? 0
  const followers = [...voices.active, ...voices.heard].some((voice) => voice.followers !== null)
  const table = (shown: Voice[]): Table => ({
    head: [
      t.columns.author,
      t.columns.post,
      t.columns.mentions,
      t.columns.replies,
      ...(followers ? [t.columns.followers] : []),
    ],
    rows: shown.map(({ name, posts, mentions, replies, followers: known }) => ({
      cells: [name, posts, mentions, replies, ...(followers ? [known] : [])],
      shown: [
        name,
        f.whole(posts),
        f.whole(mentions),
        f.whole(replies),
        ...(followers ? [known === null ? null : f.whole(known)] : []),
      ],
    })),
  })
  const samples = (shown: Voice[]) => shown.slice(0, 5).flatMap(({ sample }) => (sample === null ? [] : [sample]))
  return html`<h2>${t.whoSpeaks}</h2>
${
  voices.known
    ? html`<p>${t.voicesSaid(voices.authors, voices.once, voices.topTenPosts, total)}</p>
${figure(writing, { id: 'active', title: t.active, body: null, how: t.activeHow, table: table(voices.active), tableOpen: true, samples: samples(voices.active) })}`
    : html`<p>${t.authorsUnknown}</p>`
}
${figure(writing, {
  id: 'heard',
  title: t.heard,
  body: voices.heard.length === 0 ? html`<p>${t.nobodyHeard}</p>` : null,
  how: [t.heardHow, ...(followers ? [] : [t.followersUnknown])],
  ...(voices.heard.length === 0 ? {} : { table: table(voices.heard), tableOpen: true, samples: samples(voices.heard) }),
})}`
}

export function answersSection(writing: Writing, report: AuditReport): Markup {
  const { t, f } = writing
  const { answers, questions } = report
  const ours = report.brands[0]
  const brand = ours?.name ?? ''
  const asked = () =>
    figure(writing, {
      id: 'questions',
      title: t.questions,
      body: html`<p>${t.questionsHow(questions.posts, ours?.posts ?? 0)}</p>`,
      how: [],
      samples: questions.samples,
      samplesOpen: answers.state !== 'measured',
    })
  if (answers.state !== 'measured') {
    const why =
      answers.state === 'no-replies' ? { kind: answers.state } : { kind: answers.state, replies: answers.replies }
    return html`<h2 id="answers">${t.answers}</h2><p class="note">${t.finding(why, brand)}</p>${asked()}`
  }
  const { times, share, byHour } = answers
  const labels = t.classes([...ANSWER_CLASSES])
  const counts = [...times.classes, times.conversations - times.answered]
  const notes = [
    answers.selected ? t.selected : '',
    answers.elsewhere > 0 ? t.elsewhereAnswers(answers.elsewhere) : '',
    answers.orphans > 0 ? t.orphans(answers.orphans) : '',
  ].filter(Boolean)
  const waitOf = (at: number) => {
    const minutes = answers.slowestMinutes?.[at]
    return minutes === undefined ? null : t.waited(minutes)
  }
  return html`<h2>${t.answers}</h2>
<p>${t.answersSaid(times.answered, times.conversations, f.percent(share.low), f.percent(share.high))}</p>
${figure(writing, {
  id: 'answers',
  title: t.times,
  body: responsive(
    t.times,
    rows(
      counts.map((count, at) => ({
        label: labels[at] ?? '',
        value: count,
        shown: `${f.whole(count)} (${f.percent(count / Math.max(1, times.conversations))})`,
        quiet: at === counts.length - 1,
      })),
      f.whole,
    ),
  ),
  how: [t.answersHow(times.conversations, brand), ...notes],
  table: {
    head: [t.columns.within, t.columns.conversations],
    rows: counts.map((count, at) => ({ cells: [labels[at] ?? '', count], shown: [labels[at] ?? '', f.whole(count)] })),
  },
})}
${
  answers.unanswered.length === 0
    ? null
    : html`<h3>${t.unanswered}</h3><p>${t.unansweredQuestions(answers.unansweredQuestions)}</p>${samplesOf(writing, answers.unanswered, true, { chosen: t.unansweredDrawn })}`
}
${answers.slowest.length === 0 ? null : html`<h3>${t.slowest}</h3>${samplesOf(writing, answers.slowest, true, { chosen: t.slowestChosen, ofEach: waitOf })}`}
${figure(writing, {
  id: 'cover',
  title: t.byHour,
  body: html`${legend([
    ['bar', t.opened],
    ['other', t.own],
  ])}${responsive(
    t.byHour,
    columns(
      byHour.map(({ opened, ownPosts }, hour) => ({
        label: String(hour).padStart(2, '0'),
        value: opened,
        other: ownPosts,
      })),
      t.columns.conversations,
      f.whole,
    ),
  )}`,
  how: [
    t.byHourHow(report.timeZone),
    ...(answers.withoutCover.length > 0 ? [t.withoutCover(answers.withoutCover)] : []),
    ...(report.rhythm.coverage.state === 'continuous' ? [] : [t.patchyNote]),
  ],
  table: {
    head: [t.columns.hour, t.columns.conversations, t.columns.answered, t.columns.median, t.columns.ownPosts],
    rows: byHour.map(({ opened, answered, median, ownPosts }, hour) => ({
      cells: [String(hour), opened, answered, median === null ? null : Math.round(median), ownPosts],
      shown: [
        String(hour),
        f.whole(opened),
        f.whole(answered),
        median === null ? null : f.duration(median),
        f.whole(ownPosts),
      ],
    })),
  },
})}
${asked()}`
}

export function wavesSection(writing: Writing, report: AuditReport): Markup {
  const { t, f, samples } = writing
  const { waves } = report
  return html`<h2 id="waves">${t.waves}</h2>
${
  waves.length === 0
    ? html`<p>${t.noWaves}</p>`
    : waves.map(({ posts, authors, from, to, sample }) => {
        const shown = samples.get(sample)
        return html`<p><strong>${t.finding({ kind: 'wave', posts, authors }, '')}</strong> ${f.moment(from)} – ${f.moment(to)}</p>${shown ? quote(writing, shown) : null}`
      })
}
<p class="how">${t.wavesHow}</p>`
}
