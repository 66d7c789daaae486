/**
 * What somebody wrote anew in an answer, without the letter that it answers: mail programs put it below, behind a line
 * such as "On …, … wrote:" or a block of header lines, or mark it with ">". Where nothing would be left, all of it stays.
 */
const LINES_MAX = 5_000
/** "On Tue … wrote:", "Am 3. März … schrieb …:", "Op ma … schreef …:", "Le … a écrit :" */
const ATTRIBUTION = /^(?:On|Am|Op|Le)\b.{5,200}\b(?:wrote|schrieb|schreef|écrit)\b.{0,100}:\s*$/i
const DIVIDER =
  /^-{2,}\s*(?:original message|ursprüngliche nachricht|oorspronkelijk bericht|forwarded message|weitergeleitete nachricht)\s*-{2,}\s*$/i
/** Outlook: a block that names sender, time, recipient and subject. */
const HEADER_LINE =
  /^\*?(?:from|von|van|sent|gesendet|verzonden|date|datum|to|an|aan|subject|betreff|onderwerp)\s*:\*?\s+\S/i
const HEADER_LINES_MIN = 3

export function newWords(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n').slice(0, LINES_MAX)
  const end = quoteBegins(lines)
  const kept = lines.slice(0, end).join('\n').trim()
  return kept === '' ? lines.join('\n').trim() : kept
}

function quoteBegins(lines: string[]): number {
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] as string).trim()
    if (DIVIDER.test(line) || ATTRIBUTION.test(line)) return at
    // A long attribution is wrapped.
    if (/^(?:On|Am|Op|Le)\b/i.test(line) && ATTRIBUTION.test(`${line} ${(lines[at + 1] ?? '').trim()}`)) return at
    if (HEADER_LINE.test(line) && headerLines(lines, at) >= HEADER_LINES_MIN) return at
    if (line.startsWith('>') && lines.slice(at).every((rest) => rest.trim() === '' || rest.trim().startsWith('>')))
      return at
  }
  return lines.length
}

function headerLines(lines: string[], from: number): number {
  let count = 0
  while (HEADER_LINE.test((lines[from + count] ?? '').trim())) count++
  return count
}
