/**
 * A letter (RFC 5322) as a private post. Whoever sent it may have written anything into it: sender, date, subject and
 * body are claims, sizes are limited, nothing in it is fetched.
 */
import { createHash } from 'node:crypto'
import { domainToASCII } from 'node:url'
import type { AddressObject, ParsedMail } from 'mailparser'
import type { HeardAuthor, HeardItem, HeardPost } from '../connector.ts'
import { TEXT_CHARACTERS_MAX } from '../connector.ts'
import { readMarkup } from '../markup.ts'
import { ATTACHED_MAX, type Attached, attachedTo, mediaOf } from './attached.ts'
import { type HeaderLines, isAutomatic, isReport, readReport } from './automatic.ts'
import { bareId, parseLetter } from './parsing.ts'
import { newWords } from './quoting.ts'

export const NETWORK = 'mail'
/** Beside the addresses that are what they say: what a sender claims and the server that received it could not confirm. */
export const UNVERIFIED = 'unverified'

const RECIPIENTS_MAX = 20
const REFERENCES_MAX = 100
const RAW_CHARACTERS_MAX = 2_000

export interface Received {
  source: Buffer
  /** Bytes of the whole; more than `source` where it was cut. */
  size: number
  receivedAt: Date
  /** What is attached to a letter that was cut, where its server could tell. */
  parts: Attached[] | null
  /** Where it lay: what is in the sent folder, we wrote. */
  folder: 'inbox' | 'sent'
  /** Our address, in small letters. */
  own: string
}

export async function letterHeard(received: Received): Promise<HeardItem> {
  try {
    const mail = await parseLetter(received.source)
    return { kind: 'post', post: postOf(mail, received) }
  } catch (error) {
    const raw = received.source.toString('latin1').slice(0, RAW_CHARACTERS_MAX)
    return { kind: 'malformed', raw, reason: error instanceof Error ? error.message.slice(0, 200) : 'unreadable' }
  }
}

function postOf(mail: ParsedMail, received: Received): HeardPost {
  const headers = headerLines(mail)
  const claimed = senderOf(mail, headers, received)
  const report = isReport(headers, claimed.networkId)
    ? readReport(received.source.toString('latin1'), domainOf(received.own))
    : null
  // A server that reports is nobody: nothing is answered to it where somebody else has written.
  const sender = report ? unverified(claimed) : claimed
  const automatic = report ? !report.failed : isAutomatic(headers)
  const place = report ? { parent: report.messageId, root: report.root } : placeOf(mail)
  const stated = bareId(mail.messageId)
  const id = stated ?? unnamed(received)
  const attached = received.parts ?? attachedTo(mail, isCut(received))
  const isFoundAgain = stated !== null && report === null
  const reference = (externalId: string | null) =>
    externalId === null || externalId === id ? null : { externalId, reference: null }
  return {
    network: NETWORK,
    scope: '',
    externalId: id,
    reference: null,
    author: sender,
    title: mail.subject?.trim() || null,
    text: textOf(mail, received, attached, isFoundAgain),
    url: null,
    publishedAt: received.receivedAt,
    editedAt: null,
    language: null,
    parent: reference(place.parent),
    root: reference(place.root),
    media: isFoundAgain ? mediaOf(attached, id, received.folder) : [],
    links: [],
    mentions: recipientsOf(mail, headers),
    site: null,
    addressed: received.folder === 'inbox' && !automatic,
    visibility: 'private',
    automatic: received.folder === 'inbox' && automatic,
    ...(received.folder === 'inbox' ? { scopeIfOurs: UNVERIFIED, vouched: !report && isConfirmed(headers) } : {}),
  }
}

function headerLines(mail: ParsedMail): HeaderLines {
  const lines = new Map<string, string>()
  for (const { key, line } of mail.headerLines)
    if (!lines.has(key))
      lines.set(
        key,
        line
          .slice(line.indexOf(':') + 1)
          .replace(/\s+/g, ' ')
          .trim(),
      )
  return lines
}

/**
 * Whom an answer goes to: Reply-To where it is one address (a form on a web site writes so), else From. So who is taken for
 * somebody by their address is who gets the answer. Nobody we know is what the receiving server found forged, an address of
 * ours in an inbox (those of our other mailboxes by scopeIfOurs), and a Reply-To other than From: of that no server says
 * anything.
 */
function senderOf(mail: ParsedMail, headers: HeaderLines, { folder, own }: Received): HeardAuthor {
  const [from] = addressesIn(mail.from)
  const answerTo = addressesIn(mail.replyTo)
  const chosen =
    folder === 'sent' ? { address: own, name: from?.name ?? '' } : answerTo.length === 1 ? answerTo[0] : from
  const address = chosen?.address || `nobody@${domainOf(own)}`
  const forged =
    folder === 'inbox' && (address === own || isForged(headers) || chosen === undefined || address !== from?.address)
  const author: HeardAuthor = {
    network: NETWORK,
    scope: '',
    networkId: address,
    handle: address,
    name: chosen?.name.trim() || null,
    avatarUrl: null,
    bio: null,
    url: null,
    followers: null,
    stable: true,
  }
  return forged ? unverified(author) : author
}

const unverified = (author: HeardAuthor): HeardAuthor => ({ ...author, scope: UNVERIFIED, stable: false })

/** The topmost is the one that our own server wrote; further down stands what a sender may have made up (RFC 8601). */
const resultsOf = (headers: HeaderLines): string => headers.get('authentication-results') ?? ''
const isForged = (headers: HeaderLines): boolean => /\bdmarc\s*=\s*fail\b/i.test(resultsOf(headers))
/** Comments and quoted addresses are the sender's words. Of From; of a sender other than that nobody says anything (senderOf). */
const isConfirmed = (headers: HeaderLines): boolean =>
  !isForged(headers) && /;\s*dmarc\s*=\s*pass\b/i.test(resultsOf(headers).replace(/"(?:[^"\\]|\\.)*"|\([^()]*\)/g, ' '))

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

function addressesIn(object: AddressObject | AddressObject[] | undefined): { address: string; name: string }[] {
  return [object ?? []]
    .flat()
    .flatMap(({ value }) => value)
    .flatMap(({ address, name, group }) => (group ? [] : [{ address: readAddress(address ?? ''), name }]))
    .filter((one): one is { address: string; name: string } => one.address !== null)
}

/** As the graph knows mail addresses: small letters, the domain in ASCII. */
function readAddress(address: string): string | null {
  const [, local, domain] = /^([^\s@"<>,;:\\]{1,64})@([^\s@]{1,253})$/.exec(address.trim().toLowerCase()) ?? []
  const ascii = domain && domainToASCII(domain.replace(/\.$/, ''))
  return local && ascii ? `${local}@${ascii}` : null
}

/** Envelope recipients too: behind an alias or a blind copy, the plus part stands nowhere else. */
function recipientsOf(mail: ParsedMail, headers: HeaderLines): string[] {
  const named = [...addressesIn(mail.to), ...addressesIn(mail.cc)].map(({ address }) => address)
  const envelope = ['delivered-to', 'x-original-to', 'envelope-to'].map((name) =>
    readAddress((headers.get(name) ?? '').replace(/[<>]/g, '')),
  )
  return [...new Set([...envelope, ...named])].filter((one) => one !== null).slice(0, RECIPIENTS_MAX)
}

/** Without a Message-ID, or with one that is none: what it holds, so that it is the same letter when it is read again. */
const unnamed = (received: Received): string =>
  `${createHash('sha256').update(received.source).digest('hex').slice(0, 32)}@unnamed`

const isCut = ({ source, size }: Received): boolean => size > source.length

function placeOf(mail: ParsedMail): { parent: string | null; root: string | null } {
  const references = [mail.references ?? []]
    .flat()
    .slice(0, REFERENCES_MAX)
    .flatMap((id) => bareId(id) ?? [])
  const parent = bareId(mail.inReplyTo?.split(/\s+/)[0]) ?? references.at(-1) ?? null
  return { parent, root: references[0] ?? parent }
}

/**
 * What was written anew. Below it the names of what was attached, where it cannot be shown as media, and where nothing was
 * written: lists say something of the letter then.
 */
function textOf(mail: ParsedMail, received: Received, attached: readonly Attached[], isFoundAgain: boolean): string {
  const written = newWords(mail.text?.trim() ? mail.text : readMarkup(mail.html || '', null).text)
  const isNamed = !isFoundAgain || written === ''
  const named = isNamed
    ? attached.slice(0, ATTACHED_MAX).map(({ name, bytes }) => `📎 ${name}${inBrackets(bytes)}`)
    : []
  const more = attached.length > ATTACHED_MAX ? [`📎 +${attached.length - ATTACHED_MAX}`] : []
  const cut = isCut(received) && received.parts === null ? [`📎 …${inBrackets(received.size)}`] : []
  return [written, [...named, ...more, ...cut].join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
    .slice(0, TEXT_CHARACTERS_MAX)
}

const inBrackets = (bytes: number | null): string => (bytes === null ? '' : ` (${kilobytes(bytes)})`)
const kilobytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024))} kB`
