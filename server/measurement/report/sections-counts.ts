import type { AuditReport } from '../figures.ts'
import { columns, heat, responsive, rows } from './charts.ts'
import { figure, samplesOf, type Writing } from './figure.ts'
import { html, type Markup } from './markup.ts'
import { networkName } from './network-names.ts'

const LANGUAGE_SHARE_SHOWN_MIN = 0.005

const oursOf = (report: AuditReport) => report.brands[0] as AuditReport['brands'][number]

export function whenSection(writing: Writing, report: AuditReport): Markup {
  const { t, f } = writing
  const { rhythm, timeZone } = report
  const ours = oursOf(report)
  const short = rhythm.unit === 'month' ? f.month : f.dayShort
  const peaks = new Map(rhythm.peaks.map(({ date, posts }) => [date, posts]))
  const title = t.overTime[rhythm.unit]
  const shownFrom = rhythm.buckets[0]?.from ?? ''
  const shownTo = rhythm.buckets.at(-1)?.from ?? ''
  const bars = rhythm.buckets.map(({ from, posts, whole }) => ({
    label: short(from),
    value: posts,
    hatched: !whole,
    note: peaks.has(from) ? f.whole(posts) : undefined,
  }))
  const patchy = rhythm.coverage.state === 'continuous' ? [] : [t.patchyNote]
  return html`<h2>${t.when}</h2>
${figure(writing, {
  id: 'over-time',
  title,
  body: responsive(title, columns(bars, t.columns.post, f.whole)),
  how: [
    [
      t.overTimeHow(ours.posts - rhythm.earlier, short(shownFrom), short(shownTo), timeZone),
      rhythm.earlier > 0 ? t.earlier(rhythm.earlier) : '',
      rhythm.peaks.length > 0 ? t.peaksNote : '',
    ]
      .filter(Boolean)
      .join(' '),
    ...patchy,
  ],
  table: {
    head: [t.columns.from, t.columns.post],
    rows: rhythm.buckets.map(({ from, posts }) => ({ cells: [from, posts], shown: [from, f.whole(posts)] })),
  },
})}
${rhythm.peaks.map(
  (peak) =>
    html`<div class="note"><p><strong>${t.peak(f.dayLong(peak.date), peak.posts, peak.usual)}</strong></p>${
      peak.terms.length === 0
        ? html`<p>${t.noPeakTerms}</p>`
        : html`<p>${t.peakTerms}</p><ul class="terms">${peak.terms.map(
            ({ label, posts, total, otherPosts, otherTotal }) =>
              html`<li><bdi>${label}</bdi> ${f.percent(posts / total)} <span class="quiet">(${f.percent((otherPosts ?? 0) / (otherTotal ?? 1))})</span></li>`,
          )}</ul>`
    }${samplesOf(writing, peak.terms[0]?.samples ?? peak.samples, false)}</div>`,
)}
${figure(writing, {
  id: 'hours',
  title: t.heat,
  body: responsive(
    t.heat,
    heat(rhythm.heat, (day) => f.weekday(day, 'short'), f.whole),
  ),
  how: [t.heatHow(ours.posts, timeZone), ...patchy],
  table: {
    head: [t.columns.weekday, ...Array.from({ length: 24 }, (_, hour) => String(hour))],
    rows: rhythm.heat.map((cells, day) => ({ cells: [f.weekday(day), ...cells] })),
  },
})}`
}

export function brandsSection(writing: Writing, report: AuditReport): Markup {
  const { t, f } = writing
  const { brands, namingAny, rows: counted } = report
  const ranked = [...brands].sort((a, b) => b.posts - a.posts)
  const single = brands.length < 2
  const bars = ranked.map((brand) => ({
    label: brand.name,
    value: brand.share.value,
    shown: `${f.finePercent(brand.share.value)}`,
    low: brand.share.low,
    high: brand.share.high,
    quiet: brand !== brands[0],
  }))
  const own = brands.reduce((sum, brand) => sum + brand.ownPosts, 0)
  return html`<h2>${t.who}</h2>
${figure(writing, {
  id: 'share',
  title: t.share,
  body: single
    ? html`<p>${t.shareAlone(f.percent(oursOf(report).posts / Math.max(1, counted.posts - own)), counted.posts - own)}</p>`
    : responsive(t.share, rows(bars, f.percent)),
  how: single ? [] : t.shareHow(namingAny),
  table: {
    head: [
      t.columns.brand,
      t.columns.post,
      t.columns.share,
      t.columns.interval,
      t.columns.authors,
      t.columns.addressed,
      t.columns.together,
    ],
    rows: ranked.map(({ name, posts, share, authors, addressed, together }) => ({
      cells: [
        name,
        posts,
        share.value,
        `${f.finePercent(share.low)}–${f.finePercent(share.high)}`,
        authors,
        addressed,
        together,
      ],
      shown: [
        name,
        f.whole(posts),
        f.finePercent(share.value),
        null,
        authors === null ? null : f.whole(authors),
        f.whole(addressed),
        f.whole(together),
      ],
    })),
  },
  samples: oursOf(report).samples,
})}
<details><summary>${t.recognised}</summary><p class="how">${t.recognisedHow}</p>${brands.map(
    ({ name, query, forms, ownAccounts }) => html`<p><strong><bdi>${name}</bdi></strong>: <code>${query}</code></p>
<p class="how">${t.columns.form}: ${f.list(forms.map((form) => `${form.name} ${f.whole(form.posts)}`))}. ${t.ownAccounts}: ${
      ownAccounts.length === 0
        ? t.none
        : f.list(ownAccounts.map((account) => `${account.name} (${f.whole(account.posts)})`))
    }.</p>`,
  )}</details>`
}

export function placesSection(writing: Writing, report: AuditReport): Markup {
  const { t, f } = writing
  const { languages } = report
  const places = report.places.map(({ name, posts }) => ({ name: networkName(name), posts }))
  const total = oursOf(report).posts
  const shown = languages.filter(
    ({ code, posts }) => code === '' || posts >= Math.max(3, total * LANGUAGE_SHARE_SHOWN_MIN),
  )
  const rest = total - shown.reduce((sum, { posts }) => sum + posts, 0)
  const named = [
    ...shown.map(({ code, posts }) => ({ name: code === '' ? t.unknownLanguage : f.language(code), posts })),
    ...(rest > 0 ? [{ name: t.otherLanguages, posts: rest }] : []),
  ]
  const asTable = (name: string, counted: { name: string; posts: number }[]) => ({
    head: [name, t.columns.post, t.columns.share],
    rows: counted.map(({ name: label, posts }) => ({
      cells: [label, posts, posts / total],
      shown: [label, f.whole(posts), f.finePercent(posts / total)],
    })),
  })
  const asBars = (counted: { name: string; posts: number }[]) =>
    rows(
      counted.map(({ name, posts }) => ({
        label: name,
        value: posts,
        shown: `${f.whole(posts)} (${f.percent(posts / total)})`,
      })),
      f.whole,
    )
  return html`<h2>${t.where}</h2>
${
  places.length < 2
    ? html`<p>${t.onePlace(places[0]?.name ?? t.key.unknown)}</p>`
    : figure(writing, {
        id: 'places',
        title: t.places,
        body: responsive(t.places, asBars(places)),
        how: t.placesHow(total),
        table: asTable(t.columns.place, places),
      })
}
${figure(writing, {
  id: 'languages',
  title: t.languages,
  body: responsive(t.languages, asBars(named)),
  how: t.languagesHow(total),
  table: asTable(t.columns.language, named),
  samples: shown
    .filter(({ code }) => code !== '')
    .slice(1)
    .flatMap((language) => language.samples),
})}`
}
