/** The mail connector on Dovecot and OpenSMTPD: what the twin's mail server is taken for, the real ones do. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Connection, Connector, Cursor, HeardPost, OutgoingPost } from '../server/connectors/connector.ts'
import { mail } from '../server/connectors/mail/index.ts'
import { openOutside } from '../server/connectors/outside.ts'
import { newId } from '../server/platform/ids.ts'
import { type MailServers, missingMailServers, startMailServers } from './mail-servers.ts'

const OWN = 'hilfe@crm.test'
const PATIENCE_MS = 20_000
const missing = missingMailServers()
const peers = missing ? describe.skip : describe

peers(`mail on Dovecot and OpenSMTPD${missing ? ` (NOT RUN: ${missing})` : ''}`, () => {
  let servers: MailServers
  let connector: Connector
  let connection: Connection
  const soon = () => AbortSignal.timeout(20_000)

  beforeAll(async () => {
    servers = await startMailServers(OWN)
    connector = mail(openOutside({ allowPrivate: ['127.0.0.1'] }))
    const host = { imapHost: '127.0.0.1', smtpHost: '127.0.0.1', imapSecurity: 'none', smtpSecurity: 'none' }
    const settings = connector.parseSettings({
      ...host,
      address: OWN,
      name: 'CRM Hilfe',
      imapPort: servers.imapPort,
      smtpPort: servers.smtpPort,
    })
    if (!settings.ok) throw new Error(settings.failure.detail)
    connection = { settings: settings.value, credentials: { user: servers.user, password: servers.password } }
  })
  afterAll(() => servers?.stop())

  async function pollAll(from: Cursor): Promise<{ posts: HeardPost[]; cursor: Cursor }> {
    const posts: HeardPost[] = []
    let cursor = from
    for (;;) {
      const batch = await connector.poll?.(connection, cursor, soon())
      if (!batch?.ok) throw new Error(batch?.failure.detail)
      posts.push(...batch.value.items.flatMap((item) => (item.kind === 'post' ? [item.post] : [])))
      cursor = JSON.parse(JSON.stringify(batch.value.cursor)) as Cursor
      if (!batch.value.more) return { posts, cursor }
    }
  }
  const outgoing = (text: string): OutgoingPost => ({
    ...{ text, visibility: 'private', recipient: 'karla@kundin.test', title: 'Re: Paket', language: 'de' },
    ...{ parent: null, root: null, media: [], networkKey: newId(), createdAt: new Date() },
  })
  async function publish(post: OutgoingPost) {
    const outcome = await connector.publish?.(connection, post, soon())
    if (!outcome?.ok) throw new Error(`${outcome?.failure.name}: ${outcome?.failure.detail}`)
    return outcome.value
  }
  async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
    const giveUpAt = Date.now() + PATIENCE_MS
    for (;;) {
      const found = await look()
      if (found !== undefined) return found
      if (Date.now() > giveUpAt) throw new Error('not seen in time')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  test('signs in, finds the sent folder, and names a wrong password', async () => {
    expect(await connector.check(connection, soon())).toMatchObject({
      ok: true,
      value: { settings: { sentFolder: 'Sent' } },
    })
    // Dovecot's static passwords take any user, so only the password can be wrong.
    const wrong = { ...connection, credentials: { user: OWN, password: 'not it' } }
    expect(await connector.check(wrong, soon())).toMatchObject({ ok: false, failure: { name: 'credentials-expired' } })
  })

  test('hears letters whole and once, also more than one visit reads', async () => {
    const { cursor } = await pollAll(null)
    for (let index = 0; index < 25; index++)
      await servers.deliver(
        `From: Karla <karla@kundin.test>\nTo: hilfe+k7q2m9xa@crm.test\nSubject: Paket ${index}\nMessage-ID: <p${index}@kundin.test>\nContent-Type: text/plain; charset=utf-8\n\nGrüße ${index}`,
      )
    const heard = await pollAll(cursor)
    expect(heard.posts.map(({ text }) => text)).toEqual(Array.from({ length: 25 }, (_, index) => `Grüße ${index}`))
    expect(heard.posts[0]).toMatchObject({
      mentions: expect.arrayContaining(['hilfe+k7q2m9xa@crm.test']),
      visibility: 'private',
    })
    expect((await pollAll(heard.cursor)).posts).toEqual([])
  })

  test('a letter of several megabytes is heard with what is attached, and that is read when somebody asks', async () => {
    const { cursor } = await pollAll(null)
    const photo = randomBytes(2_500_000)
    const lines = photo.toString('base64').replace(/.{76}/g, '$&\n')
    await servers.deliver(
      `From: Karla <karla@kundin.test>\nTo: ${OWN}\nSubject: Foto\nMessage-ID: <photo@kundin.test>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSiehe Foto\n--b\nContent-Type: image/jpeg\nContent-Disposition: attachment; filename="karton.jpg"\nContent-Transfer-Encoding: base64\n\n${lines}\n--b--\n`,
    )
    const [post] = (await pollAll(cursor)).posts
    expect(post).toMatchObject({ text: 'Siehe Foto', media: [{ alt: 'karton.jpg' }] })
    const limits = { bytesMax: 20_000_000, signal: soon() }
    const read = await connector.readMedium?.(connection, post?.media[0]?.url ?? '', limits)
    expect(read?.ok && Buffer.from(read.value).equals(photo)).toBe(true)
    const none = await connector.readMedium?.(connection, 'mid:nobody%40kundin.test/inbox/1', limits)
    expect(none).toEqual({ ok: true, value: 'gone' })
  })

  test('a letter goes out once under its key, and is kept among what was sent', async () => {
    const post = outgoing('Es kommt am Montag. äöü')
    expect(await publish(post)).toMatchObject({ externalId: `${post.networkKey}@crm.test` })
    expect(await publish(post)).toMatchObject({ externalId: `${post.networkKey}@crm.test` })
    const { raw } = await until(() => servers.outside.find((letter) => letter.raw.includes(post.networkKey)))
    expect(raw).toContain('Subject: Re: Paket')
    expect(servers.outside.filter((letter) => letter.raw.includes(post.networkKey))).toHaveLength(1)
    expect(await connector.findByKey?.(connection, post.networkKey, soon())).toMatchObject({
      ok: true,
      value: { externalId: `${post.networkKey}@crm.test` },
    })
    expect(await connector.findByKey?.(connection, newId(), soon())).toEqual({ ok: true, value: null })
  })

  test('a letter that the outside world refuses comes back as a report in its thread', async () => {
    const { cursor } = await pollAll(null)
    const post = outgoing('Niemand da')
    servers.refuseNext()
    expect(await publish(post)).toMatchObject({ externalId: `${post.networkKey}@crm.test` })
    const report = await until(async () =>
      (await pollAll(cursor)).posts.find(({ parent }) => parent?.externalId === `${post.networkKey}@crm.test`),
    )
    expect(report).toMatchObject({ addressed: true, automatic: false })
  })
})
