import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { folderOf, renumber } from '../../../twin/mail/box.ts'
import { startMail, type TwinMail } from '../../../twin/mail/mail.ts'
import { newId } from '../../platform/ids.ts'
import type { Connection, Connector, Cursor, HeardPost, OutgoingPost } from '../connector.ts'
import { openOutside } from '../outside.ts'
import { mail } from './index.ts'

const OWN = 'hilfe@klinkerlaut.test'
let twin: TwinMail
let connector: Connector
let connection: Connection
const soon = () => AbortSignal.timeout(10_000)

beforeAll(async () => {
  twin = await startMail()
  twin.account(OWN, 'secret')
  connector = mail(openOutside({ allowPrivate: ['127.0.0.1'] }))
  const settings = connector.parseSettings({
    address: OWN,
    name: 'Klinkerlaut Hilfe',
    imapHost: '127.0.0.1',
    imapPort: String(twin.imapPort),
    imapSecurity: 'none',
    smtpHost: '127.0.0.1',
    smtpPort: String(twin.smtpPort),
    smtpSecurity: 'none',
    plusAddresses: 'true',
  })
  if (!settings.ok) throw new Error(settings.failure.detail)
  connection = { settings: settings.value, credentials: { user: OWN, password: 'secret' } }
})
afterAll(() => twin.stop())
beforeEach(() => twin.faults.clear())

async function pollAll(from: Cursor): Promise<{ posts: HeardPost[]; malformed: number; cursor: Cursor }> {
  const posts: HeardPost[] = []
  let malformed = 0
  let cursor = from
  for (;;) {
    const batch = await connector.poll?.(connection, cursor, soon())
    if (!batch?.ok) throw new Error(`${batch?.failure.name}: ${batch?.failure.detail}`)
    for (const item of batch.value.items) item.kind === 'post' ? posts.push(item.post) : malformed++
    cursor = JSON.parse(JSON.stringify(batch.value.cursor)) as Cursor
    if (!batch.value.more) return { posts, malformed, cursor }
  }
}

let letters = 0
const letter = (body: string, head: Record<string, string> = {}) => {
  letters++
  const lines = {
    From: 'Karla Kundin <Karla@Kundin.test>',
    To: OWN,
    Subject: 'Meine Bestellung',
    'Message-ID': `<letter-${letters}@kundin.test>`,
    Date: 'Sun, 22 Nov 2026 10:00:00 +0000',
    ...head,
  }
  const stated = Object.entries(lines).filter(([, value]) => value !== '')
  return `${stated.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${body}`
}

const outgoing = (text: string, more: Partial<OutgoingPost> = {}): OutgoingPost => ({
  text,
  visibility: 'private',
  recipient: 'karla@kundin.test',
  title: 'Re: Meine Bestellung',
  language: 'de',
  parent: null,
  root: null,
  media: [],
  networkKey: newId(),
  createdAt: new Date('2026-11-22T12:00:00Z'),
  ...more,
})
const publish = (post: OutgoingPost) => connector.publish?.(connection, post, soon()) as Promise<unknown>
const find = (post: OutgoingPost) => connector.findByKey?.(connection, post.networkKey, soon()) as Promise<unknown>
const sentLike = (text: string) => twin.sent.filter(({ raw }) => raw.includes(text)).length

/** Hears what was put in since. */
async function heard(...raws: string[]): Promise<HeardPost[]> {
  const { cursor } = await pollAll(null)
  for (const raw of raws) twin.receive(OWN, raw)
  return (await pollAll(cursor)).posts
}

test('signs in, completes its settings, and names a wrong password and a forbidden place', async () => {
  const checked = await connector.check(connection, soon())
  expect(checked).toMatchObject({
    ok: true,
    value: { name: OWN, author: { networkId: OWN }, settings: { sentFolder: 'Sent' } },
  })
  const wrong = { ...connection, credentials: { user: OWN, password: 'wrong' } }
  expect(await connector.check(wrong, soon())).toMatchObject({ ok: false, failure: { name: 'credentials-expired' } })
  const guarded = mail(openOutside({ allowPrivate: [] }))
  expect(await guarded.check(connection, soon())).toMatchObject({ ok: false, failure: { name: 'forbidden-address' } })
  const overTls = { ...connection, settings: { ...connection.settings, imapSecurity: 'tls' } }
  expect(await guarded.check(overTls, soon())).toMatchObject({ ok: false, failure: { name: 'forbidden-address' } })
})

test('hears a letter as a private post of whom it is from, once, and goes on where it stopped', async () => {
  const [post, ...more] = await heard(
    letter('Guten Tag,\n\nwo bleibt mein Paket? äöü 🌍'.normalize(), { 'Content-Type': 'text/plain; charset=utf-8' }),
  )
  expect(more).toEqual([])
  expect(post).toMatchObject({
    network: 'mail',
    visibility: 'private',
    addressed: true,
    automatic: false,
    title: 'Meine Bestellung',
    text: 'Guten Tag,\n\nwo bleibt mein Paket? äöü 🌍',
    author: { network: 'mail', scope: '', networkId: 'karla@kundin.test', name: 'Karla Kundin', stable: true },
    parent: null,
    root: null,
  })
  const { cursor } = await pollAll(null)
  expect((await pollAll(cursor)).posts).toEqual([])
})

test('more letters than one visit reads are heard whole, and again when the server gave them new numbers', async () => {
  const { cursor } = await pollAll(null)
  for (let index = 0; index < 45; index++) twin.receive(OWN, letter(`Nummer ${index}`))
  const storm = await pollAll(cursor)
  expect(storm.posts.map(({ text }) => text)).toEqual(Array.from({ length: 45 }, (_, index) => `Nummer ${index}`))
  const inbox = folderOf(twin.accounts.get(OWN) as never, 'INBOX')
  renumber(inbox as never)
  const again = await pollAll(storm.cursor)
  expect(new Set(again.posts.map(({ externalId }) => externalId)).size).toBe(inbox?.messages.length)
})

test('an answer names what it answers and where its thread began, and leaves out what it quotes', async () => {
  const [post] = await heard(
    letter(
      'Danke, das hilft.\n\nAm 22. November 2026 um 11:02 schrieb Klinkerlaut <hilfe@klinkerlaut.test>:\n> Guten Tag\n> Ihr Paket',
      {
        'In-Reply-To': '<two@klinkerlaut.test>',
        References: '<one@kundin.test>\n <two@klinkerlaut.test>',
        To: 'Klinkerlaut <hilfe+k7q2m9xa@klinkerlaut.test>',
      },
    ),
  )
  expect(post).toMatchObject({
    text: 'Danke, das hilft.',
    parent: { externalId: 'two@klinkerlaut.test' },
    root: { externalId: 'one@kundin.test' },
    mentions: ['hilfe+k7q2m9xa@klinkerlaut.test'],
  })
})

test('whom an answer would go to is who is taken for its author; what is forged is nobody we know', async () => {
  const [form, same, forged, ours] = await heard(
    letter('über das Formular', { From: 'Shop <noreply@klinkerlaut.test>', 'Reply-To': 'paula@kundin.test' }),
    letter('immer dieselbe', { From: 'Paula <paula@kundin.test>', 'Reply-To': 'Paula@Kundin.test' }),
    letter('ich bin Karla', { 'Authentication-Results': 'mx.klinkerlaut.test; dmarc=fail header.from=kundin.test' }),
    letter('ich bin ihr', { From: OWN }),
  )
  // Servers vouch for From alone: whoever sends from anywhere can write any Reply-To.
  expect(form?.author).toMatchObject({ networkId: 'paula@kundin.test', scope: 'unverified', stable: false })
  expect(same?.author).toMatchObject({ networkId: 'paula@kundin.test', scope: '', stable: true })
  expect(forged?.author).toMatchObject({ networkId: 'karla@kundin.test', scope: 'unverified', stable: false })
  expect(ours?.author).toMatchObject({ networkId: OWN, scope: 'unverified', stable: false })
})

test('a sender is vouched for by the result of the receiving server alone; an address of ours in an inbox is a claim', async () => {
  const of = (results: string) => letter('Hallo', { 'Authentication-Results': `mx.klinkerlaut.test; ${results}` })
  const said = await heard(
    of('spf=pass smtp.mailfrom=kundin.test; dmarc=pass (p=reject) header.from=kundin.test'),
    of('dmarc=none header.from=kundin.test'),
    of('spf=none smtp.mailfrom="x; dmarc=pass"@evil.test; dmarc=none'),
    of('dmarc=pass header.from=kundin.test; dmarc=fail'),
    letter('Hallo'),
  )
  expect(said.map(({ vouched }) => vouched)).toEqual([true, false, false, false, false])
  expect(new Set(said.map(({ scopeIfOurs }) => scopeIfOurs))).toEqual(new Set(['unverified']))
})

test.each([
  ['an absence note', { 'Auto-Submitted': 'auto-replied' }],
  ['a mailing list', { 'List-Id': '<news.kundin.test>' }],
  ['an older program', { Precedence: 'auto_reply' }],
  ['a notice without a way back', { 'Return-Path': '<>' }],
])('%s is automatic: kept, and not addressed to us', async (_what, head) => {
  const [post] = await heard(letter('Ich bin bis Montag nicht da.', head))
  expect(post).toMatchObject({ automatic: true, addressed: false })
})

test.each([
  ['whose program says "no" to having answered by itself', { 'Auto-Submitted': 'no' }],
  ['whose form is sent by a service of newsletters', { 'List-Unsubscribe': '<https://sender.test/stop>' }],
])('a person %s is heard as a person', async (_what, head) => {
  const [post] = await heard(letter('Hallo', head))
  expect(post).toMatchObject({ automatic: false, addressed: true })
})

test('a letter of ours that did not arrive is told in its thread, whatever shape the report has', async () => {
  const failed =
    'Message-ID: <0199-key@klinkerlaut.test>\nReferences: <one@kundin.test> <two@klinkerlaut.test>\nSubject: Re: Meine Bestellung'
  const daemon = {
    From: 'Mail Delivery <MAILER-DAEMON@mx.test>',
    'Auto-Submitted': 'auto-replied',
    Subject: 'Undelivered',
  }
  const [mixed, standard, late] = await heard(
    letter(`550 nobody here\n\nBelow is a copy of the original message:\n\n${failed}\n\nGuten Tag`, {
      ...daemon,
      'Content-Type': 'text/plain',
    }),
    letter(
      `--b\nContent-Type: text/plain\n\nnobody here\n--b\nContent-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n--b\nContent-Type: message/rfc822\n\n${failed}\n\nGuten Tag\n--b--`,
      {
        ...daemon,
        'MIME-Version': '1.0',
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
      },
    ),
    letter(
      `--b\nContent-Type: message/delivery-status\n\nAction: delayed\n--b\nContent-Type: message/rfc822\n\n${failed}\n\n\n--b--`,
      {
        ...daemon,
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
      },
    ),
  )
  for (const report of [mixed, standard])
    expect(report).toMatchObject({
      addressed: true,
      automatic: false,
      author: { scope: 'unverified', stable: false },
      parent: { externalId: '0199-key@klinkerlaut.test' },
      root: { externalId: 'one@kundin.test' },
    })
  expect(late).toMatchObject({ automatic: true, addressed: false })
})

test('hostile letters are heard or set aside with a reason, soon, and cost nothing else', async () => {
  const nested = Array.from(
    { length: 3_000 },
    (_, depth) => `--b${depth}\nContent-Type: multipart/mixed; boundary=b${depth + 1}\n`,
  ).join('\n')
  const hostile = [
    letter(nested, { 'Content-Type': 'multipart/mixed; boundary=b0' }),
    letter(`<p>${'<div>'.repeat(60_000)}klein</p>`, { 'Content-Type': 'text/html' }),
    letter(`<p>${'<b></b>'.repeat(90_000)}lang</p>`, { 'Content-Type': 'text/html' }),
    letter(`Message-ID: <x@klinkerlaut.test>\nReferences:${' '.repeat(190_000)}x`, {
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
    }),
    letter('x'.repeat(3_000_000)),
    letter('ohne alles', { From: '', Subject: '', 'Message-ID': '', Date: 'gestern' }),
    letter('Zeilen', { Subject: '=?utf-8?B?w4TDnA==?= =?bogus?Q?=ZZ?=', 'Message-ID': `<${'a'.repeat(900)}@x.test>` }),
    letter('=FF=FE=00', {
      'Content-Type': 'text/plain; charset=no-such-set',
      'Content-Transfer-Encoding': 'quoted-printable',
    }),
  ]
  const startedAt = Date.now()
  const { cursor } = await pollAll(null)
  for (const raw of [...hostile, letter('danach')]) twin.receive(OWN, raw)
  const after = await pollAll(cursor)
  expect(after.posts.at(-1)?.text).toBe('danach')
  expect(after.posts.map(({ text }) => text)).toEqual(expect.arrayContaining(['klein', 'lang']))
  expect(after.posts.length + after.malformed).toBe(hostile.length + 1)
  for (const { text, externalId } of after.posts) {
    expect(text.length).toBeLessThanOrEqual(20_000)
    expect(externalId.length).toBeLessThanOrEqual(400)
  }
  expect(Date.now() - startedAt).toBeLessThan(8_000)
}, 15_000)

const part = (head: string, body: string) => `--b\n${head}\n\n${body}\n`
const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/.{76}/g, '$&\n')
const withParts = (parts: string[], head: Record<string, string> = {}, kind = 'mixed') =>
  letter(`${parts.join('')}--b--`, {
    'MIME-Version': '1.0',
    'Content-Type': `multipart/${kind}; boundary=b`,
    ...head,
  })
const words = (text: string) => part('Content-Type: text/plain', text)
const file = (type: string, name: string, bytes: Buffer, how = 'attachment') =>
  part(
    `Content-Type: ${type}\nContent-Disposition: ${how}; filename="${name}"\nContent-ID: <${name.length}@kundin.test>\nContent-Transfer-Encoding: base64`,
    base64(bytes),
  )
const read = (address: string, bytesMax = 10_000_000) =>
  connector.readMedium?.(connection, address, { bytesMax, signal: soon() })

test('what is attached is named with its size, and read when somebody asks for it', async () => {
  const [photo, bill] = [Buffer.from('not really a photo'), Buffer.from('%PDF-1.7')]
  const [post] = await heard(
    withParts([
      words('Siehe Foto'),
      file('image/jpeg', 'paket\u0007.jpg', photo),
      file('application/pdf', 'Rechnung.pdf', bill),
    ]),
  )
  expect(post?.text).toBe('Siehe Foto')
  expect(post?.media).toMatchObject([
    { kind: 'image', alt: 'paket .jpg', mediaType: 'image/jpeg', bytes: photo.length },
    { kind: 'file', alt: 'Rechnung.pdf', mediaType: 'application/pdf', bytes: bill.length },
  ])
  const [first, second] = post?.media ?? []
  expect(await read(first?.url ?? '')).toEqual({ ok: true, value: photo })
  expect(await read(second?.url ?? '')).toEqual({ ok: true, value: bill })
  expect(await read(first?.url.replace(/\d+$/, '9') ?? '')).toEqual({ ok: true, value: 'gone' })
  expect(await read(first?.url ?? '', 5)).toEqual({ ok: true, value: 'too-large' })
  const nothing = [
    'mid:nobody%40kundin.test/inbox/1',
    'mid:x',
    'https://kundin.test/1',
    '',
    'mid:%22%0D%0AA%20LOGOUT/inbox/1',
  ]
  for (const none of nothing) expect(await read(none)).toEqual({ ok: true, value: 'gone' })
  const inbox = folderOf(twin.accounts.get(OWN) as never, 'INBOX')
  inbox?.messages.splice(0)
  expect(await read(first?.url ?? '')).toEqual({ ok: true, value: 'gone' })
})

test('of a letter of several megabytes the beginning is read, and everything that is attached is there', async () => {
  const [photo, note] = [randomBytes(3_000_000), Buffer.from('and a note')]
  const [post] = await heard(
    withParts([words('Drei Megabyte'), file('image/jpeg', 'gross.jpg', photo), file('text/plain', 'notiz.txt', note)]),
  )
  expect(post?.text).toBe('Drei Megabyte')
  expect(post?.media).toMatchObject([
    { kind: 'image', alt: 'gross.jpg' },
    { kind: 'file', alt: 'notiz.txt' },
  ])
  expect(Math.abs((post?.media[0]?.bytes ?? 0) / photo.length - 1)).toBeLessThan(0.01)
  const outcome = await read(post?.media[0]?.url ?? '')
  expect(outcome?.ok && Buffer.from(outcome.value).equals(photo)).toBe(true)
  expect(await read(post?.media[1]?.url ?? '')).toEqual({ ok: true, value: note })
  expect(await read(post?.media[0]?.url ?? '', 2_000_000)).toEqual({ ok: true, value: 'too-large' })
})

test('a letter whose parts lie deeper than anybody reads is heard all the same, and so is the next one', async () => {
  let nested = part('Content-Type: image/png; name="tief.png"', 'x'.repeat(1_200_000))
  for (let depth = 0; depth < 55; depth++)
    nested = `--d${depth}\nContent-Type: multipart/mixed; boundary=${depth === 0 ? 'b' : `d${depth - 1}`}\n\n${nested}${depth === 0 ? '--b--' : `--d${depth - 1}--`}\n`
  const [deep, next] = await heard(
    letter(`${nested}--d54--`, { 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=d54' }),
    letter('Hallo'),
  )
  expect(deep?.text).toMatch(/📎/)
  expect(next?.text).toBe('Hallo')
})

test('a letter of whose parts the server says more than anybody takes breaks one visit, and holds up nothing', async () => {
  const many = Array.from({ length: 4_500 }, (_, at) =>
    part(`Content-Type: text/plain; name="${at}${'x'.repeat(1_200)}"`, ''),
  )
  const posts = await heard(letter('davor'), withParts([words('Viele'), ...many]), letter('danach'))
  expect(posts.map(({ text }) => text.slice(0, 6))).toEqual(['davor', 'Viele\n', 'danach'])
  expect((await heard(letter('später'))).map(({ text }) => text)).toEqual(['später'])
})

test('of two letters under one Message-ID the first is heard, whose files are opened', async () => {
  const same = { 'Message-ID': '<twice@kundin.test>' }
  const posts = await heard(
    withParts([words('direkt'), file('text/plain', 'x.txt', Buffer.from('first'))], same),
    withParts([words('über eine Liste'), words('Fuß'), file('text/plain', 'x.txt', Buffer.from('second'))], same),
  )
  expect(posts.map(({ text }) => text)).toEqual(['direkt'])
  expect(await read(posts[0]?.media[0]?.url ?? '')).toEqual({ ok: true, value: Buffer.from('first') })
})

test('the file is that of the same letter, in the folder where it was heard, and as it was sent', async () => {
  const one = (id: string, content: string) =>
    withParts([file('text/plain', 'x.txt', Buffer.from(content))], { 'Message-ID': `<${id}@shop.test>` })
  const [longer, shorter] = await heard(one('11', 'of another'), one('1', 'of this one'))
  expect(await read(shorter?.media[0]?.url ?? '')).toEqual({ ok: true, value: Buffer.from('of this one') })
  expect(await read(longer?.media[0]?.url ?? '')).toEqual({ ok: true, value: Buffer.from('of another') })
  expect(await read(longer?.media[0]?.url.replace('inbox', 'sent') ?? '')).toEqual({ ok: true, value: 'gone' })
  const [coded] = await heard(
    withParts([
      part(
        'Content-Type: text/csv; charset=iso-8859-1\nContent-Disposition: attachment; filename="a.csv"\nContent-Transfer-Encoding: quoted-printable',
        'Gr=FC=DFe;=\n1',
      ),
    ]),
  )
  const plain = await read(coded?.media[0]?.url ?? '')
  expect(plain?.ok && Buffer.from(plain.value).toString('latin1')).toBe('Grüße;1')
})

test('a letter that holds nothing but a file says so, and one without names and types keeps what it is', async () => {
  const [only, bare, whole] = await heard(
    withParts([file('application/pdf', 'Rechnung.pdf', Buffer.from('%PDF'))]),
    withParts([words('Anbei'), part('Content-Type: ; name=x\nContent-Disposition: attachment', 'AAA')]),
    letter('JVBERg==', {
      'MIME-Version': '1.0',
      'Content-Type': 'application/pdf; name="scan.pdf"',
      'Content-Transfer-Encoding': 'base64',
    }),
  )
  expect(only).toMatchObject({ text: '📎 Rechnung.pdf (1 kB)', media: [{ alt: 'Rechnung.pdf' }] })
  expect(bare).toMatchObject({ text: 'Anbei', media: [{ kind: 'file' }] })
  expect(whole?.media).toMatchObject([{ alt: 'scan.pdf' }])
  expect(await read(whole?.media[0]?.url ?? '')).toEqual({ ok: true, value: Buffer.from('%PDF') })
})

test('a sign in a signature is no attachment, and a screenshot amid the words is one', async () => {
  const [post] = await heard(
    withParts(
      [
        part('Content-Type: text/html', '<p>Sehen Sie: <img src="cid:8@kundin.test"></p>'),
        file('image/png', 'logo.png', randomBytes(2_000), 'inline'),
        file('image/png', 'fehler.png', randomBytes(60_000), 'inline'),
      ],
      {},
      'related',
    ),
  )
  expect(post?.media).toMatchObject([{ kind: 'image', alt: 'fehler.png' }])
  expect(await read(post?.media[0]?.url ?? '')).toMatchObject({ ok: true, value: { length: 60_000 } })
})

test('what is attached to a letter that nobody finds again is named only', async () => {
  const [post] = await heard(
    withParts([words('Siehe Foto'), file('image/jpeg', 'paket.jpg', Buffer.from('AAA'))], { 'Message-ID': '' }),
  )
  expect(post?.text).toBe('Siehe Foto\n\n📎 paket.jpg (1 kB)')
  expect(post?.media).toEqual([])
})

test('a letter goes out with its thread, is kept among what was sent, and is known by its key', async () => {
  const place = { externalId: 'letter-1@kundin.test', reference: null }
  const post = outgoing('Ihr Paket ist unterwegs. äöü', {
    parent: place,
    root: { externalId: 'one@kundin.test', reference: null },
  })
  expect(await publish(post)).toMatchObject({ ok: true, value: { externalId: `${post.networkKey}@klinkerlaut.test` } })
  const raw = twin.sent.at(-1)?.raw ?? ''
  expect(twin.sent.at(-1)?.to).toEqual(['karla@kundin.test'])
  expect(raw).toContain('In-Reply-To: <letter-1@kundin.test>')
  expect(raw).toMatch(/References: <one@kundin.test>\s+<letter-1@kundin.test>/)
  expect(raw).toContain('From: Klinkerlaut Hilfe <hilfe@klinkerlaut.test>')
  expect(raw).not.toMatch(/^Auto-Submitted/m)
  expect(connector.isEchoOf?.(post.networkKey, `${post.networkKey}@klinkerlaut.test`)).toBe(true)
  expect(connector.isEchoOf?.(newId(), `${post.networkKey}@klinkerlaut.test`)).toBe(false)
  const echo = (await pollAll(null)).posts.find(({ externalId }) => externalId.startsWith(post.networkKey))
  expect(echo).toMatchObject({
    author: { networkId: OWN, scope: '' },
    addressed: false,
    root: { externalId: 'one@kundin.test' },
  })
})

test('two attempts with one key make one letter', async () => {
  const post = outgoing('Einmal genügt')
  expect(await publish(post)).toMatchObject({ ok: true })
  expect(await publish(post)).toMatchObject({ ok: true })
  expect(sentLike('Einmal gen')).toBe(1)
})

test('what certainly did not go out leaves nothing behind and can be tried again', async () => {
  const refused = outgoing('Niemand da')
  twin.faults.arm('nobody')
  expect(await publish(refused)).toMatchObject({ ok: false, failure: { name: 'refused' } })
  expect(await find(refused)).toEqual({ ok: true, value: null })
  const later = outgoing('Später')
  twin.faults.arm('later')
  expect(await publish(later)).toMatchObject({ ok: false, failure: { name: 'rate-limited' } })
  expect(await find(later)).toEqual({ ok: true, value: null })
  expect(await publish(later)).toMatchObject({ ok: true })
  expect(twin.sent.filter(({ to }) => to[0] === 'karla@kundin.test').at(-1)?.raw).toContain(later.networkKey)
})

test('a letter whose confirmation was lost is not sent again by itself: the folder says that only a person knows', async () => {
  const post = outgoing('Angekommen oder nicht')
  twin.faults.arm('lost-answer')
  expect(await publish(post)).toMatchObject({ ok: false, failure: { name: 'unreachable' } })
  expect(await find(post)).toEqual({ ok: true, value: 'undecidable' })
  expect((await pollAll(null)).posts.some(({ externalId }) => externalId.startsWith(post.networkKey))).toBe(false)
})

test.each(['connect', 'read'] as const)(
  'a mailbox that goes away (%s) is named, and nothing goes out',
  async (fault) => {
    const post = outgoing(`Nicht ohne Postfach ${fault}`)
    twin.faults.arm(fault)
    expect(await publish(post)).toMatchObject({ ok: false, failure: { name: 'unreachable' } })
    twin.faults.arm(fault)
    expect(await connector.poll?.(connection, null, soon())).toMatchObject({
      ok: false,
      failure: { name: 'unreachable' },
    })
    expect(sentLike(`Nicht ohne Postfach ${fault}`)).toBe(0)
  },
)

test.each([
  ['two recipients', { recipient: 'a@kundin.test, b@kundin.test' }],
  ['a recipient with a line break', { recipient: 'a@kundin.test\r\nBcc: b@kundin.test' }],
  ['nobody', { recipient: null }],
  ['nothing to say', { text: ' ' }],
])('a letter to %s is refused before anything is kept or sent', async (_what, more) => {
  const before = twin.sent.length
  expect(await publish(outgoing('Text', more))).toMatchObject({ ok: false, failure: { name: 'refused' } })
  expect(twin.sent.length).toBe(before)
})

test('a subject breaks out of no header', async () => {
  await publish(outgoing('Betreff', { title: 'Hallo\r\nBcc: boese@kundin.test' }))
  expect(twin.sent.at(-1)?.to).toEqual(['karla@kundin.test'])
  expect(twin.sent.at(-1)?.raw).not.toMatch(/^Bcc:/im)
})

test('where an answer brings its code along', () => {
  expect(connector.addressFor?.(connection, 'K7Q2M9XA')).toBe('hilfe+k7q2m9xa@klinkerlaut.test')
  const plain = { ...connection, settings: { ...connection.settings, plusAddresses: false } }
  expect(connector.addressFor?.(plain, 'K7Q2M9XA')).toBe(OWN)
})
