import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PolicyDocument, PolicyJudgement } from '../../../contract/publishing-policy.ts'
import { type Desk, openDesk } from '../../inbox/testing/desk.ts'
import { newId } from '../../platform/ids.ts'
import type { TestMember } from '../../testing/app.ts'

let desk: Desk
let count = 0
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

interface Current {
  version: number
  document: PolicyDocument
  versions: { version: number; note: string }[]
}
const current = () => desk.ask<Current>('publishing.policy.get', {})
async function save(changes: Partial<PolicyDocument>, note = '', as: TestMember = desk.lead) {
  const { version, document } = await current()
  const given = { against: version, document: { ...document, ...changes }, note }
  return desk.tell('publishing.policy.save', given, as)
}
const codeOf = ({ body }: Awaited<ReturnType<Desk['tell']>>) => body.data?.code
const newsOf = ({ body }: Awaited<ReturnType<Desk['tell']>>) => body.data?.news as PolicyJudgement

async function waiting(words = 'Where is my parcel?') {
  const handle = `writer-${++count}.test`
  desk.says(handle, `@nordwind.test ${words}`)
  await desk.hear()
  const conversation = await desk.conversationOf(handle)
  const { conversationId, version } = conversation
  const conversations = [{ conversationId, againstVersion: version }]
  return { handle, conversation, conversations }
}
const send = (conversations: object[], text: string, extra: object = {}, as: TestMember = desk.anna) =>
  desk.tell('inbox.answers.send', { conversations, text, undoSeconds: 0, ...extra }, as)
const check = (text: string, extra: object = {}) =>
  desk.ask<PolicyJudgement & { undoSeconds: number }>(
    'publishing.policy.check',
    { sourceId: desk.sourceId, text, ...extra },
    desk.anna,
  )
const IBAN = 'DE89 3704 0044 0532 0130 00'

/** Posts of our account, as they were heard. */
const ourPosts = (texts: string[]) =>
  desk.rows(sql`
    insert into post (workspace_id, post_id, network, external_id, source_id, author_id, direction, text, published_at,
      heard_at, content_hash)
    select s.workspace_id, gen_random_uuid(), 'bluesky', gen_random_uuid(), s.source_id, s.own_author_id, 'out', t.text,
      now() - make_interval(mins => t.place::int), now(), ''
    from source s, unnest(${texts}::text[]) with ordinality as t(text, place) where s.source_id = ${desk.sourceId}`)

describe('a workspace that configured nothing', () => {
  it('sends as before, and refuses only what is certain', async () => {
    const { conversations } = await waiting()
    const refused = await send(conversations, `Please pay to ${IBAN}.`)
    expect([refused.status, codeOf(refused)]).toEqual([409, 'policy-refused'])
    expect(newsOf(refused).findings[0]).toMatchObject({ check: 'iban', action: 'refuse', instead: 'move-to-private' })
    expect(JSON.stringify(newsOf(refused))).not.toContain('3704')
    expect((await send(conversations, 'It left on Monday and arrives by Friday.')).status).toBe(200)
    await desk.deliver()
    expect(desk.published()).toEqual(['It left on Monday and arrives by Friday. ^AA'])
  })

  it('asks its author to look once more, and takes a yes to exactly these findings', async () => {
    const { conversations } = await waiting()
    const text = 'Write to jette.brandhorst@gmail.com please'
    const first = await send(conversations, text)
    expect([first.status, codeOf(first)]).toEqual([409, 'policy-confirm'])
    const { confirm, findings } = newsOf(first)
    expect(findings[0]).toMatchObject({ check: 'mail-address', spans: [{ part: 'text', from: 9, to: 35 }] })
    const other = await send(conversations, `${text} now`, { confirmed: confirm })
    expect(codeOf(other)).toBe('policy-confirm')
    expect((await send(conversations, text, { confirmed: confirm })).status).toBe(200)
    const rows = await desk.rows<{ verdict: string; clearance: string }>(sql`
      select j.verdict, j.clearance from delivery d join judgement j using (workspace_id, judgement_id)
      where d.text like ${`${text}%`}`)
    expect(rows).toEqual([{ verdict: 'confirm', clearance: 'confirmed' }])
  })

  it('lets no bot confirm: a person looks at what a member would have confirmed', async () => {
    const { conversations } = await waiting()
    const text = 'Write to jette.brandhorst@gmail.com please'
    const first = await desk.tell('inbox.answers.send', { conversations, text }, { key: desk.bot })
    expect(codeOf(first)).toBe('policy-four-eyes')
    const again = await desk.tell(
      'inbox.answers.send',
      { conversations, text, confirmed: newsOf(first).confirm },
      { key: desk.bot },
    )
    expect(codeOf(again)).toBe('policy-four-eyes')
  })

  it('judges posts of our own accord too, and who may speak may post', async () => {
    const post = (text: string, as: TestMember) =>
      desk.tell('publishing.deliveries.create', { sourceId: desk.sourceId, text, undoSeconds: 0 }, as)
    expect(codeOf(await post(`Donate to ${IBAN}`, desk.anna))).toBe('policy-refused')
    expect((await post('We are open on Sunday.', desk.anna)).status).toBe(200)
    const viewer = await desk.app.join(desk.workspaceId, 'viewer')
    expect((await post('Me too', viewer)).status).toBe(403)
  })
})

describe('what is known of whom one answers', () => {
  it('counts as theirs: address, order number and a name that the network does not show', async () => {
    const { conversation, conversations } = await waiting()
    const personId = newId()
    await desk.rows(sql`insert into person (workspace_id, person_id, current_id, name, name_key, began_because, created_by_kind)
      select ${desk.workspaceId}, ${personId}, ${personId}, 'Jette Brandhorst', 'jette brandhorst', 'agent', 'system'`)
    await desk.rows(sql`update author set person_id = ${personId} where author_id = ${conversation.author.authorId}`)
    await desk.rows(sql`
      insert into author (workspace_id, author_id, network, network_id, kind, first_heard_at, last_heard_at, person_id)
      select ${desk.workspaceId}, gen_random_uuid(), n, v, n, now(), now(), ${personId}
      from (values ('mail', 'jette@kunde.example.com'), ('customer-number', 'KL-2041-17')) as given(n, v)`)
    const sent = await send(conversations, 'Frau Jette Brandhorst, KL204117 geht an jette@kunde.example.com')
    expect(
      newsOf(sent)
        .findings.map((one) => `${one.check}.${one.code}`)
        .toSorted(),
    ).toEqual(['customer-name.not-public', 'customer-number.of-customer', 'mail-address.of-customer'])
  })
})

describe('a configuration', () => {
  it('changes what a check does, in versions that can be read later, and one save at a time', async () => {
    const { version } = await current()
    expect((await save({ checks: { price: { action: 'confirm', from: 'low' } } }, 'Prices twice')).status).toBe(200)
    const stale = await desk.tell(
      'publishing.policy.save',
      { against: version, document: (await current()).document },
      desk.lead,
    )
    expect(codeOf(stale)).toBe('policy-changed')
    expect((await current()).versions.slice(0, 2)).toMatchObject([{ note: 'Prices twice' }, { version: 0, note: '' }])
    expect(await check('It costs € 20.')).toMatchObject({ verdict: 'confirm', version: version + 1 })
    const before = await desk.ask<{ document: PolicyDocument }>('publishing.policy.version', { version }, desk.anna)
    expect(before.document.checks).toEqual({})
    expect((await save({}, '', desk.anna)).status).toBe(403)
  })

  it('of one account holds there and nowhere else', async () => {
    await save({
      scopes: [
        {
          sourceId: desk.sourceId,
          topicId: null,
          checks: { shouting: { action: 'four-eyes', from: 'low' } },
          always: {},
          address: { de: 'Sie', nl: null },
          others: [],
        },
      ],
    })
    const shouting = 'WIR SIND HEUTE LEIDER NICHT FÜR EUCH DA'
    expect((await check(shouting)).verdict).toBe('four-eyes')
    const duzen = await check('Kannst du uns bitte deine Frage schicken? Wir schauen es uns dann an.')
    expect(duzen.findings.map(({ code }) => code)).toContain('against')
    await desk.rows(sql`update policy_version set document = jsonb_set(document, '{document,scopes,0,sourceId}', to_jsonb(gen_random_uuid()::text))
      where version = (select max(version) from policy_version)`)
    expect((await check(shouting)).verdict).toBe('send')
    await desk.rows(sql`delete from policy_version`)
  })

  it('is not accepted with a query that cannot be read, or an account of nobody’s', async () => {
    const claim = { id: 'cure', query: '"heals', topicIds: [], risk: 'high' as const }
    expect(codeOf(await save({ claims: [claim] }))).toBe('query-unreadable')
    const scope = { sourceId: newId(), topicId: null, checks: {}, always: {}, address: null, others: [] }
    expect(codeOf(await save({ scopes: [scope] }))).toBe('source-unknown')
    expect((await save({ claims: [{ ...claim, query: 'heals' }] })).status).toBe(200)
    expect((await check('Our tea heals colds.')).findings[0]).toMatchObject({
      check: 'claim',
      values: { rule: 'cure' },
    })
  })

  it('keeps what is under embargo unsaid until its time, and nothing else', async () => {
    const embargo = { id: 'merger', query: 'merger', until: new Date(Date.now() + 3_600_000) }
    expect(codeOf(await save({ embargoes: [{ ...embargo, query: '"merger' }] }))).toBe('query-unreadable')
    expect((await save({ claims: [], embargoes: [embargo] })).status).toBe(200)
    expect(await check('The merger is done.')).toMatchObject({
      verdict: 'refuse',
      findings: [{ check: 'embargo', values: { until: embargo.until.toISOString() }, spans: [{ from: 4, to: 10 }] }],
    })
    const { conversations } = await waiting()
    expect(codeOf(await send(conversations, 'The merger is done.'))).toBe('policy-refused')
    expect((await check('The parcel is there.')).verdict).toBe('send')
    expect((await save({ embargoes: [{ ...embargo, until: new Date(Date.now() - 1_000) }] })).status).toBe(200)
    expect((await check('The merger is done.')).verdict).toBe('send')
    await desk.rows(sql`delete from policy_version`)
  })

  it('tells by a dry run what it would have said of past texts, beside the one that holds', async () => {
    await ourPosts(['DAS IST DOCH WIRKLICH NICHT ZU GLAUBEN', 'Danke, wir schauen nach'])
    const { version, document } = await current()
    const run = await desk.ask<{
      texts: number
      stricter: number
      changes: { text: string; after: string }[]
      byCheck: object[]
    }>(
      'publishing.policy.dryRun',
      { document: { ...document, checks: { shouting: { action: 'four-eyes', from: 'low' } } } },
      desk.lead,
    )
    expect(run.texts).toBeGreaterThan(2)
    expect(run).toMatchObject({
      stricter: 1,
      changes: [{ text: 'DAS IST DOCH WIRKLICH NICHT ZU GLAUBEN', after: 'four-eyes' }],
    })
    expect((await current()).version).toBe(version)
  })
})

describe('a false alarm', () => {
  it('is counted once for a text, only where the policy finds it, and nobody is named', async () => {
    const said = {
      sourceId: desk.sourceId,
      text: 'HIER IST ALLES GANZ WUNDERBAR HEUTE',
      check: 'shouting',
      code: 'capitals',
    }
    const report = (input: object) =>
      desk.ask<{ reported: boolean }>('publishing.policy.reportFalseAlarm', input, desk.anna)
    expect(await report(said)).toEqual({ reported: true })
    expect(await report(said)).toEqual({ reported: false })
    expect(await report({ ...said, text: 'alles ruhig' })).toEqual({ reported: false })
    const columns = await desk.rows<{ column_name: string }>(
      sql`select column_name from information_schema.columns where table_name = 'finding_report' and column_name like '%by%'`,
    )
    expect(columns).toEqual([])
  })
})

describe('the time to take something back', () => {
  it('holds for whatever is sent, whoever asks for less, and is told while one writes', async () => {
    await desk.ask('publishing.policy.setTimes', { undoSeconds: 60, approvalHours: 48 }, desk.lead)
    expect((await check('Hello')).undoSeconds).toBe(60)
    await desk.deliver()
    const { conversations } = await waiting()
    const sent = await send(conversations, 'Sent too soon')
    const { delivery } = sent.body as unknown as { delivery: { deliveryId: string; undoUntil: string } }
    expect(Date.parse(delivery.undoUntil) - Date.now()).toBeGreaterThan(55_000)
    expect(await desk.deliver()).toBe(0)
    await desk.ask('publishing.deliveries.cancel', { deliveryId: delivery.deliveryId }, desk.anna)
    expect((await desk.delivery(delivery.deliveryId)).state).toBe('cancelled')
    await desk.ask('publishing.policy.setTimes', { undoSeconds: 0, approvalHours: 48 }, desk.lead)
  })
})

describe('a text meant for another brand', () => {
  it('is found at this brand’s account where its writer works for both', async () => {
    const other = await desk.app.createWorkspace('Kobaltwerk')
    await desk.app.services.database.inWorkspace(other.workspaceId, { kind: 'system', id: null }, (tx) =>
      sql`insert into member (workspace_id, member_id, user_id, name, email, role)
        values (${other.workspaceId}, ${newId()}, ${desk.anna.userId}, 'Anna', 'anna@example.org', 'agent')`.execute(
        tx.sql,
      ),
    )
    const text = 'Kobaltwerk is here for you, what happened? #Kobaltwerk'
    const found = (await check(text)).findings.map(({ check: one, code }) => `${one}.${code}`)
    expect(found).toContain('other-brand.hashtag')
    const asLead = await desk.ask<PolicyJudgement>(
      'publishing.policy.check',
      { sourceId: desk.sourceId, text },
      desk.lead,
    )
    expect(asLead.findings.filter(({ check: one }) => one === 'other-brand')).toEqual([])
  })
})

describe('a check that is to refuse', () => {
  it('lets no check refuse whose wrong stops nobody measured here', async () => {
    const refusing = { checks: { shouting: { action: 'refuse' as const, from: 'low' as const } } }
    const refused = await save(refusing)
    expect([codeOf(refused), refused.body.data?.params]).toEqual(['may-not-refuse', { check: 'shouting' }])
    await ourPosts(Array.from({ length: 2_000 }, () => 'Danke, wir schauen nach'))
    const { document } = await current()
    const { toRead, checks } = await desk.ask<{
      checks: { check: string; own: object; mayRefuse: boolean; reported: number }[]
      toRead: { postId: string; text: string }[]
    }>('publishing.policy.measure', { document: { ...document, ...refusing }, check: 'shouting' }, desk.lead)
    expect(toRead.map(({ text }) => text)).toEqual(['DAS IST DOCH WIRKLICH NICHT ZU GLAUBEN'])
    expect(checks.find(({ check: one }) => one === 'shouting')).toMatchObject({
      own: { alarms: 1, judged: 0, wrongPer1000: null },
      mayRefuse: false,
      reported: 1,
    })
    await desk.ask(
      'publishing.policy.review',
      { postId: toRead[0]?.postId, check: 'shouting', was: 'right' },
      desk.lead,
    )
    expect((await save(refusing)).status).toBe(200)
    expect((await check('DAS IST DOCH WIRKLICH NICHT ZU GLAUBEN')).verdict).toBe('refuse')
  })
})
