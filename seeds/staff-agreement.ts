import { findWorkspaceId } from '../server/accounts/index.ts'
import type { HttpApp } from '../server/platform/module.ts'
import type { Services } from '../server/platform/services.ts'
import { addressOf } from './customer-work.ts'
import { workspaceSeeds } from './index.ts'
import { cookieOf, signedIn } from './load.ts'

const DAY_MS = 86_400_000
/** The story goes back two weeks. */
const DAYS_BEFORE = 28
const DAYS_AFTER = 365

const TITLE = 'Antwortzeiten des ganzen Teams'
const PURPOSE =
  'Damit Kundinnen und Kunden bekommen, was wir ihnen zusagen: wie schnell und wie oft das Team als Ganzes antwortet. Nicht für Beurteilungen.'

/**
 * A desk of two or three people agrees that the figures of the whole desk may be seen: recorded by the administrator, released
 * by the works council where there is one. Without it Measure → Response shows none of them (docs/staff-protection.md).
 */
export async function agreeOnFigures(services: Services, app: HttpApp): Promise<void> {
  const day = (days: number) => new Date(services.clock.now().getTime() + days * DAY_MS).toISOString().slice(0, 10)
  for (const { name, members } of workspaceSeeds) {
    const workspaceId = await findWorkspaceId(services, name)
    const colleagueIn = (role: string) => addressOf(members.find((one) => one.role === role)?.member ?? '')
    const [analyst, council] = [colleagueIn('admin'), colleagueIn('works-council')]
    if (!workspaceId || !analyst || !council) continue
    const { documentId, hash } = await upload(services, app, analyst, workspaceId)
    const { accounts } = await signedIn(services, app, analyst, workspaceId)
    const { agreementId } = await accounts.agreements.record({
      title: TITLE,
      purpose: PURPOSE,
      figures: ['desk-response'],
      validFrom: day(-DAYS_BEFORE),
      expiresOn: day(DAYS_AFTER),
      documentId,
    })
    const { accounts: councils } = await signedIn(services, app, council, workspaceId)
    await councils.agreements.release({ agreementId, hash })
  }
}

async function upload(services: Services, app: HttpApp, email: string, workspaceId: string) {
  const answer = await app.request(`${services.config.publicUrl}/files/staff-documents?name=Vereinbarung.pdf`, {
    method: 'POST',
    headers: { cookie: await cookieOf(services, app, email), 'x-rapport-workspace': workspaceId },
    body: paperOf([TITLE, '', 'Zwischen der Agentur Klinkerlaut und ihrem Betriebsrat.', '', ...wrapped(PURPOSE)]),
  })
  if (answer.status !== 201) throw new Error(`the agreement's paper was answered with ${answer.status}`)
  return (await answer.json()) as { documentId: string; hash: string }
}

const wrapped = (text: string): string[] => text.match(/.{1,80}(?:\s|$)/g)?.map((line) => line.trim()) ?? []

/** One page of lines (ISO 32000-1, 7.5): enough that whoever opens the paper reads something. */
export function paperOf(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n')
  const content = `BT /F1 12 Tf 18 TL 72 760 Td\n${shown}\nET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  let text = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const table = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`
  // One byte a character, as WinAnsi has it for German.
  return new Uint8Array(Buffer.from(text, 'latin1'))
}
