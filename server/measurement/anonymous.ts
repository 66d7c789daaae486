import type { AuditReport } from './figures.ts'

/** Handles and the links that lead to them name people as well as a name does. */
const HANDLE = /(^|[^\p{L}\p{N}_])[@＠][\p{L}\p{N}_.@-]*[\p{L}\p{N}_]/gu

/** Takes out who wrote what, before the report is kept or shown: names, links, and handles within texts but the brands' own. */
export function withoutNames(report: AuditReport, isBrandAccount: (handle: string) => boolean): AuditReport {
  const { voices } = report
  const unnamed = <Voice extends { name: string; authorId: string | null }>(list: Voice[]): Voice[] =>
    list.map((voice, at) => ({ ...voice, name: `#${at + 1}`, authorId: null }))
  const masked = (text: string) =>
    text.replaceAll(HANDLE, (whole, before: string) =>
      isBrandAccount(whole.slice(before.length + 1)) ? whole : `${before}@…`,
    )
  return {
    ...report,
    anonymous: true,
    // What stood in a row that was refused may be anything.
    rows: { ...report.rows, rejections: report.rows.rejections.map(({ params: _, ...rejection }) => rejection) },
    voices: { ...voices, active: unnamed(voices.active), heard: unnamed(voices.heard) },
    samples: report.samples.map((sample) => ({
      ...sample,
      authorId: null,
      author: null,
      url: null,
      text: masked(sample.text),
    })),
  }
}
