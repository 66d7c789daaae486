/** Which letters a machine wrote (RFC 3834), and which of them say that one of ours did not arrive. */

/** Header lines by their name in small letters, the first of each. */
export type HeaderLines = ReadonlyMap<string, string>

const MESSAGE_ID = /<([^<>\s]{3,400})>/g
/** Of a letter that reports a failure; the letter that failed stands inside. */
const REPORT_CHARACTERS_MAX = 200_000

export const isReport = (headers: HeaderLines, sender: string): boolean =>
  (/multipart\/report/i.test(headers.get('content-type') ?? '') &&
    /report-type="?delivery-status/i.test(headers.get('content-type') ?? '')) ||
  // Not every server writes the standard's report (OpenSMTPD: multipart/mixed).
  (/^(?:mailer-daemon|postmaster)@/i.test(sender) && (isSubmittedByMachine(headers) || hasNoReturnPath(headers)))

/** A way to unsubscribe alone says nothing: services that send what people type into forms add it to every letter. */
export const isAutomatic = (headers: HeaderLines): boolean =>
  isSubmittedByMachine(headers) ||
  headers.has('x-autoreply') ||
  headers.has('x-autorespond') ||
  headers.has('list-id') ||
  /^(?:bulk|junk|list|auto_reply)\b/i.test(headers.get('precedence') ?? '') ||
  hasNoReturnPath(headers)

const isSubmittedByMachine = (headers: HeaderLines): boolean =>
  headers.has('auto-submitted') && !/^no\b/i.test(headers.get('auto-submitted') ?? '')

const hasNoReturnPath = (headers: HeaderLines): boolean => headers.get('return-path')?.trim() === '<>'

export interface Report {
  /** The letter of ours, and where its thread began. */
  messageId: string
  root: string
  /** False: the server goes on trying. */
  failed: boolean
}

/** Read from the letter as it came, because reports hold the failed letter in many shapes; `ownDomain` tells ours. */
export function readReport(source: string, ownDomain: string): Report | null {
  const body = source.slice(source.search(/\r?\n\r?\n/), REPORT_CHARACTERS_MAX)
  const ids = [...body.matchAll(/^[ \t>]*message-id:[ \t]*<([^<>\s]{3,400})>/gim)].map(([, id]) => id as string)
  const messageId = ids.find((id) => id.toLowerCase().endsWith(`@${ownDomain}`))
  if (!messageId) return null
  // Blanks belong to one part of the pattern alone: a line of nothing else would be tried in every way otherwise.
  const references = /^[ \t>]*references:((?:[ \t>]*(?:\r?\n[ \t>]+)?<[^<>\s]+>)+)/im.exec(body)?.[1] ?? ''
  const [first] = [...references.matchAll(MESSAGE_ID)].map(([, id]) => id as string)
  return {
    messageId,
    root: first ?? messageId,
    failed: !/^action:[ \t]*(?:delayed|delivered|relayed|expanded)/im.test(body),
  }
}
