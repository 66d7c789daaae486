import { fileFieldText } from '../../../contract/file-fields.ts'
import { fileProblemText } from '../../../contract/file-problems.ts'
import type { AuditReport } from '../figures.ts'
import { type Finding, findingsOf } from '../findings.ts'
import type { Writing } from './figure.ts'
import type { ReportLanguage } from './formats.ts'
import { html, Markup } from './markup.ts'
import { answersSection, topicsSection, voicesSection, wavesSection } from './sections-content.ts'
import { brandsSection, placesSection, whenSection } from './sections-counts.ts'
import { STYLE } from './style.ts'
import { wordsIn } from './texts.ts'

/** What a page of ours may do when it is opened: show itself. */
export const REPORT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** The report in one file: no script, nothing fetched from anywhere. */
export function reportPage(report: AuditReport, language: ReportLanguage): string {
  const { texts: t, formats: f } = wordsIn(language, report.timeZone)
  let figures = 0
  const writing: Writing = {
    t,
    f,
    samples: new Map(report.samples.map((sample) => [sample.post, sample])),
    next: () => ++figures,
  }
  const brand = report.brands[0]?.name ?? ''
  const title = t.title(brand)
  const source = report.source.kind === 'file' ? report.source.name : t.stored(report.source.topic)
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${REPORT_POLICY}"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><title>${title}</title><style>${new Markup(STYLE)}</style></head>
<body><main>
<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><pattern id="part" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="5" class="bar"/></pattern></defs></svg>
<p class="brandline">Rapport · ${t.kind}</p>
<h1><bdi>${title}</bdi></h1>
<p class="meta">${t.meta(f.moment(report.period.from), f.moment(report.period.to), report.timeZone)}<br>${t.madeFrom(source, f.moment(report.madeAt))}</p>
<h2>${t.inShort}</h2>
<ol class="findings">${findingsOf(report).map((finding) => html`<li>${t.finding(finding, brand)}${anchor(finding, report, t.seeFigure)}</li>`)}</ol>
${keyFigures(writing, report)}
${whenSection(writing, report)}
${brandsSection(writing, report)}
${topicsSection(writing, report)}
${answersSection(writing, report)}
${voicesSection(writing, report)}
${placesSection(writing, report)}
${wavesSection(writing, report)}
${methodSection(writing, report, language)}
</main></body></html>
`
  return page.text
}

/** The findings as sentences, for the terminal and the API. */
export function findingSentences(report: AuditReport, language: ReportLanguage): string[] {
  const { texts } = wordsIn(language, report.timeZone)
  return findingsOf(report).map((finding) => texts.finding(finding, report.brands[0]?.name ?? ''))
}

const FIGURE_OF: Partial<Record<Finding['kind'], string>> = {
  volume: 'over-time',
  patchy: 'over-time',
  concentrated: 'over-time',
  share: 'share',
  peak: 'over-time',
  answered: 'answers',
  'no-replies': 'answers',
  'no-own-posts': 'answers',
  unanswered: 'answers',
  'without-cover': 'cover',
  matter: 'matters',
  frequent: 'frequent',
  rising: 'rising',
  hours: 'hours',
  questions: 'questions',
  competitor: 'competitors',
  language: 'languages',
  wave: 'waves',
  voices: 'active',
}

function anchor(finding: Finding, { topics }: AuditReport, name: string): Markup | null {
  const id = FIGURE_OF[finding.kind]
  if (id === undefined || (id === 'matters' && topics.otherPosts < 50)) return null
  return html` <a href="#${id}" aria-label="${name}: ${id}">${name} ↓</a>`
}

function keyFigures({ t, f }: Writing, report: AuditReport): Markup {
  const ours = report.brands[0] as AuditReport['brands'][number]
  const { answers, rhythm, questions } = report
  const entries: [string, string, string?][] = [
    [t.key.posts, f.whole(ours.posts)],
    [t.key.authors, ours.authors === null ? t.key.unknown : f.whole(ours.authors)],
  ]
  if (rhythm.coverage.state === 'continuous' && rhythm.days > 1) entries.push([t.key.perDay, f.whole(rhythm.medianDay)])
  if (report.brands.length > 1)
    entries.push([t.key.share, f.percent(ours.share.value), t.key.ofBrands(report.brands.length)])
  entries.push([t.key.questions, f.percent(questions.posts / Math.max(1, ours.posts))])
  if (answers.state === 'measured' && answers.times.conversations > 0) {
    entries.push([t.key.answered, f.percent(answers.share.value)])
    if (answers.times.median !== null) entries.push([t.key.median, f.duration(answers.times.median)])
  } else entries.push([t.key.answered, '–', t.key.notMeasurable])
  return html`<dl class="key">${entries.map(([name, value, note]) => html`<div><dt>${name}</dt><dd>${value}${note ? html`<small>${note}</small>` : null}</dd></div>`)}</dl>`
}

function methodSection({ t }: Writing, report: AuditReport, language: ReportLanguage): Markup {
  const { rows, source, anonymous, topics } = report
  return html`<h2>${t.method}</h2>
<p>${t.rowsSaid(rows.read, rows.posts, rows.duplicates)}</p>
${rows.rejections.map(({ code, rows: rejected, firstLine, params }) => html`<p>${t.rejected(rejected, firstLine)} ${fileProblemText(language, code, params) ?? code}</p>`)}
${
  source.kind === 'file'
    ? html`${source.notes.map(({ code, params, message }) => html`<p>${fileProblemText(language, code, params) ?? message}</p>`)}<p class="how">${t.mapping}: ${Object.entries(
        source.mapping,
      )
        .map(([column, field]) => `${column} → ${fileFieldText(language, field)}`)
        .join(', ')}.</p>`
    : null
}
${topics.tooLowMax ? html`<p>${t.tooLow(topics.tooLowMax)}</p>` : null}
<p class="how">${t.method2}</p><p class="note">${t.privacy(anonymous)}</p><p class="how">${t.printNote}</p>`
}
