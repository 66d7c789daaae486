import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../contract/index.ts'
import { WEEKDAYS } from './clocks/index.ts'
import { type Desk, openDesk } from './inbox/testing/desk.ts'
import { secretContext } from './listening/source-rows.ts'
import { contactPoint } from './people/index.ts'
import type { WorkspaceTransaction } from './platform/database.ts'
import { newId } from './platform/ids.ts'
import { queryAsAdmin } from './platform/testing/database.ts'
import type { TestMember } from './testing/app.ts'
import { columnOf, inputOf } from './testing/inputs.ts'
import { jsonSchemaOf, placesOf, proceduresOf } from './testing/procedures.ts'

/**
 * Real ids of every kind from one workspace, put wherever a procedure takes an id, by the owner of another workspace that
 * holds the same things under ids of its own: nothing is answered with, nothing is changed, nothing is pointed at.
 */
const ONLY_THERE = 'Alphawort'
const ONLY_HERE = 'Betawort'

let desk: Desk
let owner: TestMember
let hereId = ''
/** By column, such as conversation_id. */
const there = new Map<string, string>()
const here = new Map<string, string>()

const admin = <Row extends Record<string, unknown>>(text: string, values: unknown[] = []) =>
  queryAsAdmin<Row>(desk.app.test.admin, text, values)

const tables = async () =>
  (
    await admin<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migration' order by 1`,
    )
  ).map(({ name }) => name)

beforeAll(async () => {
  desk = await openDesk()
  await fill()
  const other = await desk.app.createWorkspace('Südwind')
  owner = other.owner
  hereId = other.workspaceId
  await copyTo(other.workspaceId)
  await desk.app.call('accounts.members.invite', { role: 'agent' }, { cookie: owner.cookie, workspaceId: hereId })
  await desk.app.call(
    'accounts.keys.create',
    { name: 'Key', scopes: ['workspace.read'] },
    { cookie: owner.cookie, workspaceId: hereId },
  )
  for (const [workspaceId, ids] of [
    [desk.workspaceId, there],
    [hereId, here],
  ] as const)
    for (const table of await tables()) {
      const batches =
        table === 'moderation'
          ? await admin<{ id: string }>('select batch_id as id from moderation where workspace_id = $1 limit 1', [
              workspaceId,
            ])
          : []
      if (batches[0]) ids.set('batch_id', batches[0].id)
      const column = ID_OF_TABLE[table] ?? `${table}_id`
      const [row] = await admin<{ id?: string }>(
        `select to_jsonb(t) ->> $2 as id from ${table} t where workspace_id = $1 limit 1`,
        [workspaceId, column],
      )
      if (row?.id) ids.set(column, row.id)
    }
})
afterAll(() => desk?.close())

/** One thing of every kind at least. */
async function fill() {
  const { app } = desk
  const { owner: chief, workspaceId } = app.workspace
  const rule = {
    ruleId: newId(),
    name: ONLY_THERE,
    on: true,
    asks: 'first',
    match: 'all',
    conditions: [],
    stops: false,
  }
  await desk.ask('inbox.routing.save', {
    againstVersion: 0,
    rules: [{ ...rule, actions: [{ do: 'priority', priority: 'high' }] }],
  })
  desk.says('kunde.test', `@nordwind.test ${ONLY_THERE}: where is my parcel?`)
  const { topicId } = await desk.ask<{ topicId: string }>('listening.topics.create', {
    name: `${ONLY_THERE} topic`,
    query: ONLY_THERE,
    languages: ['en'],
    kind: 'brand',
  })
  await desk.hear()
  const conversation = await desk.conversationOf('kunde.test')
  const { conversationId, version } = conversation
  await desk.ask('inbox.handovers.prepare', { conversationId, sourceId: desk.sourceId })
  const { teamId } = await desk.ask<{ teamId: string }>('accounts.teams.create', {
    name: `${ONLY_THERE} team`,
    memberIds: [desk.anna.memberId],
  })
  await desk.ask('accounts.members.invite', { role: 'agent' })
  const week = Object.fromEntries(WEEKDAYS.map((day) => [day, []]))
  await desk.ask('accounts.shifts.create', {
    name: `${ONLY_THERE} shift`,
    calendar: {
      timeZone: 'UTC',
      week: { ...week, monday: [{ from: '08:00', until: '12:00' }] },
      closed: [],
      special: [],
    },
    memberIds: [],
  })
  const { calendarId } = await desk.ask<{ calendarId: string }>('inbox.clocks.calendars.create', {
    name: `${ONLY_THERE} calendar`,
    rules: { timeZone: 'UTC', week: { ...week, monday: [{ from: '08:00', until: '12:00' }] }, closed: [], special: [] },
  })
  await desk.ask('inbox.clocks.policies.create', {
    name: `${ONLY_THERE} promise`,
    rules: {
      calendarId,
      applies: { sourceIds: [], networks: [], languages: [], mentions: false },
      targets: [],
      pauses: { waiting: true, snoozed: true, crisis: true },
      answers: ['public'],
      reopening: 'continue',
      ladders: { 'first-answer': [], 'next-answer': [], resolution: [] },
    },
  })
  await desk.ask('accounts.roles.create', { name: `${ONLY_THERE} role`, permissions: ['workspace.read'] })
  await desk.ask('inbox.notes.add', { conversationId, text: `${ONLY_THERE} note`, mentions: [desk.anna.memberId] })
  await desk.ask('people.segments.create', {
    name: `${ONLY_THERE} segment`,
    rule: { match: 'all', conditions: [{ field: 'posts', is: 'atLeast', amount: 0 }] },
  })
  await desk.ask('people.profile.addNote', { personId: conversation.person?.personId, text: ONLY_THERE })
  const { tagId } = await desk.ask<{ tagId: string }>('inbox.tags.create', { name: `${ONLY_THERE} tag` })
  await desk.ask('inbox.macros.create', { name: 'Macro', text: ONLY_THERE, actions: [{ action: 'tag', tagId }] })
  await desk.ask('inbox.views.create', { name: `${ONLY_THERE} view`, filters: { tagId, teamId }, shared: true })
  const shared = { columnId: null, name: ONLY_THERE, kind: 'mentions', filters: {} }
  await desk.ask('columns.layouts.create', { name: `${ONLY_THERE} layout`, shared: true, columns: [shared] })
  const which = { conversationIds: [conversationId] }
  await desk.ask('inbox.conversations.change', { which, change: { change: 'tag', add: [tagId] } })
  await desk.ask('inbox.conversations.change', {
    which,
    change: { change: 'assign', memberId: chief.memberId, teamId: null },
  })
  const headers = { cookie: chief.cookie, 'x-rapport-workspace': workspaceId, host: 'localhost:3000' }
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  await app.request('/files/attachments?name=picture.png', { method: 'POST', headers, body: png })
  await app.request('/files/imports?name=posts.csv', { method: 'POST', headers, body: `text\n${ONLY_THERE}\n` })
  await desk.answer({ ...conversation, version }, `${ONLY_THERE} answer`)
  await desk.deliver()
  await desk.ask('inbox.drafts.save', { conversationId, text: `${ONLY_THERE} draft`, againstVersion: version })
  const { items: posts } = await desk.ask<{ items: { postId: string }[] }>('listening.posts.search', { topicId })
  const muted = { action: 'mute', targets: { postIds: [posts[0]?.postId] }, reason: 'insult', note: ONLY_THERE }
  await desk.ask('inbox.moderation.act', muted)
  await desk.ask('listening.triage.sort', { topicId, posts: [{ postId: posts[0]?.postId, side: 'for-us' }] })
  // What a loop finds once a policy allows it.
  await desk.inWorkspace(async (tx) => {
    await sql`insert into inference_policy (workspace_id, mode, changed_at) values (${workspaceId}, 'suggest', now())`.execute(
      tx.sql,
    )
    await sql`
      insert into suggestion (workspace_id, suggestion_id, author_id, other_author_id, state, weight, probability, reasons,
        levels, evidence, model_version, found_at)
      select ${workspaceId}, ${newId()}, least(a.author_id, o.author_id), greatest(a.author_id, o.author_id), 'open', 500,
        0.97, ${JSON.stringify([{ code: 'name.exact', field: 'name', weight: 5, params: { value: ONLY_THERE } }])}, '{1}', '{}',
        0, now()
      from author a join author o on o.workspace_id = a.workspace_id and o.author_id > a.author_id
      where a.workspace_id = ${workspaceId} limit 1`.execute(tx.sql)
  })
  // What only comes with weeks of posts.
  await desk.inWorkspace((tx) =>
    tx.sql
      .insertInto('alarm')
      .values({
        workspace_id: workspaceId,
        alarm_id: newId(),
        topic_id: topicId,
        kinds: ['volume'],
        strength: 'unusual',
        findings: '[]',
        began_at: new Date(),
        raised_at: new Date(),
        last_unusual_at: new Date(),
        quiet_minutes: 10,
        posts: 1,
        expected: 0.1,
        cause: JSON.stringify({ posts: [], terms: [], authors: [], sources: [] }),
        told_posts: 1,
        told_at: new Date(),
      })
      .execute(),
  )
  // Started through the job queue, which knows no tasks in a test.
  await desk.inWorkspace((tx) =>
    tx.sql
      .insertInto('audit')
      .values({
        workspace_id: workspaceId,
        audit_id: newId(),
        brand: ONLY_THERE,
        settings: JSON.stringify({ source: { kind: 'stored' } }),
        created_at: new Date(),
        expires_at: new Date(Date.now() + 86_400_000),
      })
      .execute(),
  )
  await fillApproval()
  await fillProgramme()
  await fillCrisis(topicId, chief.memberId)
  await desk.inWorkspace((tx) => fillProofs(tx, conversation))
  await desk.inWorkspace(fillAgreement)
  await fillPrivacy(conversation)
  await fillOrganisations(conversation)
  await desk.ask('notifications.devices.add', {
    name: `${ONLY_THERE} phone`,
    subscription: { endpoint: 'https://push.example.org/phone', keys: { p256dh: 'BA', auth: 'AA' } },
  })
  await desk.ask('systems.webhooks.create', {
    name: `${ONLY_THERE} webhook`,
    url: 'http://127.0.0.1:9/',
    types: ['persons.merged'],
  })
  await desk.inWorkspace((tx) =>
    tx.sql
      .insertInto('quarantine')
      .values({ workspace_id: workspaceId, quarantine_id: newId(), reason: 'test', raw: ONLY_THERE })
      .execute(),
  )
}

/** An answer that a colleague and a guest look at before it goes. */
async function fillApproval() {
  const { conversationId, version } = await desk.conversationOf('kunde.test')
  const conversations = [{ conversationId, againstVersion: version }]
  const text = `${ONLY_THERE} text`
  const { approvalId } = await desk.ask<{ approvalId: string }>(
    'inbox.answers.submit',
    { conversations, text, note: ONLY_THERE },
    desk.anna,
  )
  await desk.ask('publishing.approvals.inviteGuest', { approvalId, name: ONLY_THERE, days: 1 })
}

/** What everybody who speaks has to know, and what the programme is for. */
async function fillCrisis(topicId: string, memberId: string) {
  const { playbookId } = await desk.ask<{ playbookId: string }>('crisis.playbooks.create', {
    name: ONLY_THERE,
    situation: '',
    steps: [{ key: 'one', text: ONLY_THERE, who: '' }],
  })
  await desk.ask('crisis.statements.create', { name: ONLY_THERE, topicId, texts: { en: ONLY_THERE } })
  // It holds nothing back: everything else of this workspace has to go on.
  await desk.ask('crisis.declare', {
    name: ONLY_THERE,
    topicId,
    teamId: null,
    playbookId,
    freezes: { posts: false, automatic: false, macros: false },
  })
  const storm = { storm: 'outage', size: 'small', minutes: 1, languages: ['en'] }
  await desk.ask('crisis.drills.begin', { ...storm, memberIds: [memberId] })
}

async function fillProgramme() {
  const texts = { en: { title: `${ONLY_THERE} guideline`, text: ONLY_THERE } }
  const audience = { forSpeakers: true, roles: [], roleIds: [] }
  await desk.ask('guidelines.documents.create', { texts, audience })
  const options = [
    { key: 'a', text: ONLY_THERE, right: true },
    { key: 'b', text: ONLY_THERE, right: false },
  ]
  const question = { key: 'one', question: ONLY_THERE, options, explanation: ONLY_THERE }
  const lesson = { en: { title: ONLY_THERE, lesson: '', questions: [question] } }
  const rules = { passPercent: 50, attemptsMax: 3, pauseHours: 1, validityMonths: null }
  await desk.ask('guidelines.trainings.create', { texts: lesson, ...rules })
  await desk.ask('plan.goals.create', { name: ONLY_THERE, reason: '', measure: null, dueOn: null })
  const words = { part: ONLY_THERE, needs: '', decidesOn: '', speaksAbout: '' }
  await desk.ask('plan.stakeholders.create', { ...words, memberId: null, name: ONLY_THERE })
  const steps = [{ key: 'one', text: ONLY_THERE, who: '' }]
  const { scenarioId } = await desk.ask<{ scenarioId: string }>('plan.scenarios.create', {
    name: ONLY_THERE,
    situation: '',
    steps,
  })
  const { walkId } = await desk.ask<{ walkId: string }>('plan.walks.begin', { scenarioId })
  await desk.ask('plan.walks.find', { walkId, key: 'one', found: 'gap', note: ONLY_THERE })
  await desk.ask('plan.walks.end', { walkId, outcome: 'gaps', summary: '', openPoints: [ONLY_THERE] })
  await desk.ask('plan.walks.begin', { scenarioId })
}

/** What persons say about the use of their data, and ask for. */
async function fillPrivacy({ author }: Awaited<ReturnType<Desk['conversationOf']>>) {
  const { person } = await desk.ask<{ person: { personId: string } }>('people.authors.get', {
    authorId: author.authorId,
  })
  const { personId } = person
  const said = { personId, channel: 'mail', language: 'en' }
  await desk.ask('privacy.consents.record', { ...said, purpose: 'contact', given: true, text: ONLY_THERE })
  await desk.ask('privacy.consents.object', { ...said, kind: 'profiling', reason: ONLY_THERE })
  const asked = { kind: 'access', requester: ONLY_THERE, channel: 'mail', language: 'en', receivedAt: new Date() }
  const { requestId } = await desk.ask<{ requestId: string }>('privacy.requests.create', { ...asked, personId })
  await desk.ask('privacy.archives.create', { personId, language: 'en', requestId })
}

/** What other systems tell, and who belongs where. */
async function fillOrganisations({ author }: Awaited<ReturnType<Desk['conversationOf']>>) {
  const { person } = await desk.ask<{ person: { personId: string } }>('people.authors.get', {
    authorId: author.authorId,
  })
  const create = async (name: string) =>
    (await desk.ask<{ organisationId: string }>('people.organisations.create', { name })).organisationId
  const [organisationId, sameAs] = [await create(`${ONLY_THERE} one`), await create(`${ONLY_THERE} two`)]
  await desk.ask('people.organisations.merge', { organisationId, sameAs, reason: ONLY_THERE })
  await desk.ask('people.organisations.addMember', { organisationId, personId: person.personId, role: ONLY_THERE })
  const authorId = await desk.inWorkspace((tx) =>
    contactPoint(tx, { kind: 'mail', value: 'info@alphawort.example' }, new Date()),
  )
  await desk.ask('people.organisations.claimAccount', { organisationId, authorId, reason: ONLY_THERE })
  const record = { system: 'crm', legalBasis: 'contract', name: ONLY_THERE, mails: ['same@alphawort.example'] }
  for (const externalId of ['1', '2']) await desk.ask('people.contacts.put', { ...record, externalId })
  const order = { kind: 'order', customer: { number: '1' }, happenedAt: new Date(), title: ONLY_THERE }
  await desk.ask('people.purchases.put', { system: 'crm', externalId: '1', ...order })
}

/** What was agreed about figures of single members. */
async function fillAgreement(tx: WorkspaceTransaction) {
  const workspace_id = tx.workspaceId
  const document_id = newId()
  const by = desk.anna.memberId
  const content = Buffer.from(ONLY_THERE)
  const file = { name: ONLY_THERE, media_type: 'application/pdf', bytes: content.byteLength, hash: 'none', content }
  await tx.sql
    .insertInto('staff_document')
    .values({ workspace_id, document_id, ...file, uploaded_by: by })
    .execute()
  const words = { title: ONLY_THERE, purpose: ONLY_THERE, figures: ['answers'] }
  const days = { valid_from: '2026-01-01', expires_on: '2026-12-31' }
  await tx.sql
    .insertInto('staff_agreement')
    .values({ workspace_id, agreement_id: newId(), document_id, ...words, ...days, recorded_by: by })
    .execute()
}

/** What customers bring about. */
async function fillProofs(
  tx: WorkspaceTransaction,
  { conversationId, author }: Awaited<ReturnType<Desk['conversationOf']>>,
) {
  const workspace_id = tx.workspaceId
  const now = new Date()
  const invitation = { proof_invitation_id: newId(), conversation_id: conversationId, author_id: author.authorId }
  await tx.sql
    .insertInto('proof_invitation')
    .values({
      ...invitation,
      workspace_id,
      token_hash: 'none',
      asked: 'mail',
      language: 'en',
      invited_by: desk.anna.memberId,
      created_at: now,
      expires_at: new Date(now.getTime() + 3_600_000),
    })
    .execute()
  const issuer = { name: 'Shop', issuer: 'https://id.example.org', client_id: 'us', client_secret: '', system: 'shop' }
  await tx.sql
    .insertInto('proof_issuer')
    .values({ workspace_id, proof_issuer_id: newId(), ...issuer, takes_mail: false, created_at: now })
    .execute()
  await tx.sql
    .insertInto('proof_question')
    .values({
      workspace_id,
      proof_question_id: newId(),
      author_id: author.authorId,
      because: 'objection',
      asked_at: now,
    })
    .execute()
}

/** Secrets are bound to their workspace and source: a copied row cannot be read. */
async function copySecrets(workspaceId: string, mapped: Map<string, string>) {
  const { secrets } = desk.services
  for (const { source_id: id, credentials } of await admin<{ source_id: string; credentials: string | null }>(
    'select source_id, credentials from source where workspace_id = $1',
    [desk.workspaceId],
  )) {
    const copy = mapped.get(id) ?? ''
    if (credentials)
      await admin('update source set credentials = $3 where workspace_id = $1 and source_id = $2', [
        workspaceId,
        copy,
        secrets.encrypt(
          secrets.decrypt(credentials, secretContext(desk.workspaceId, id)),
          secretContext(workspaceId, copy),
        ),
      ])
  }
}

/** The same rows in another workspace, under other ids. */
async function copyTo(workspaceId: string) {
  const mapped = new Map([[desk.workspaceId, workspaceId]])
  const own = /"[a-z_]*_id": "([0-9a-f-]{36})"/g
  const rows: { name: string; text: string }[] = []
  for (const name of (await tables()).filter((one) => !['workspace', 'invitation', 'api_key'].includes(one)))
    for (const { text } of await admin<{ text: string }>(
      `select to_jsonb(t)::text as text from ${name} t where workspace_id = $1`,
      [desk.workspaceId],
    ))
      rows.push({ name, text })
  for (const { text } of rows)
    for (const [, id = ''] of text.replaceAll(/"user_id": "[^"]*"/g, '').matchAll(own))
      if (!mapped.has(id)) mapped.set(id, newId())
  for (const { name, text } of rows) {
    const [columns] = await admin<{ list: string }>(
      `select string_agg(quote_ident(attname), ', ') as list from pg_attribute where attrelid = $1::regclass and attnum > 0 and attgenerated = '' and not attisdropped`,
      [name],
    )
    const copy = text
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => mapped.get(id) ?? id)
      .replaceAll(new RegExp(ONLY_THERE, 'gi'), ONLY_HERE)
      // No two links have one secret, wherever they are.
      .replaceAll(/"token_hash": "[^"]*"/g, () => `"token_hash": "${newId()}"`)
    await admin(
      `with free as (select set_config('session_replication_role', 'replica', false))
       insert into ${name} (${columns?.list}) overriding system value select ${columns?.list} from jsonb_populate_record(null::${name}, $1::jsonb), free
       on conflict do nothing`,
      [copy],
    )
  }
  await copySecrets(workspaceId, mapped)
  await admin(
    `update event_counter set position = (select max(position) from event where workspace_id = $1) where workspace_id = $1`,
    [workspaceId],
  )
}

/** Where the id of a table's rows is not called as the table. */
const ID_OF_TABLE: Record<string, string> = {
  holding_statement: 'statement_id',
  push_device: 'device_id',
  rule_run: 'rule_id',
  staff_agreement: 'agreement_id',
  staff_document: 'document_id',
  layout_column: 'column_id',
  approval_guest: 'guest_id',
  person_link: 'link_id',
  graph_operation: 'operation_id',
  privacy_request: 'request_id',
  access_archive: 'archive_id',
  contact_proposal: 'proposal_id',
  organisation_merge: 'merge_id',
  organisation_membership: 'membership_id',
  organisation_account: 'claim_id',
}

/** Whoever adds a rule names it: an id that points at nothing. */
const isNamedByCaller = (name: string, path: string) => name.startsWith('inbox.routing.') && path.endsWith('[].ruleId')

const cases = proceduresOf(contract)
  // What a customer may name is tried from a visit of another workspace: proofs/attacks.test.ts.
  .filter(({ allow }) => !['public', 'signed-in', 'installation', 'customer'].includes(allow))
  .flatMap(({ path, input }) => {
    const schema = jsonSchemaOf(input, 'input')
    return placesOf(schema)
      .filter((place) => place.schema.format === 'uuid' && !isNamedByCaller(path, place.path))
      .map((target) => ({ path, where: target.path, target, schema }))
  })

const snapshot = async (workspaceId: string) => {
  const sums: Record<string, string> = {}
  for (const table of await tables()) {
    const [row] = await admin<{ sum: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${table} t where workspace_id = $1`,
      [workspaceId],
    )
    sums[table] = row?.sum ?? ''
  }
  return sums
}

describe('an id of another workspace', () => {
  let before: Record<string, string>
  beforeAll(async () => {
    before = await snapshot(desk.workspaceId)
  })

  it('is known for every kind that a procedure takes', () => {
    const kinds = [...new Set(cases.map(({ target }) => columnOf(target.name)))]
    expect(kinds.filter((kind) => !there.has(kind))).toEqual([])
    expect(kinds.filter((kind) => !here.has(kind))).toEqual([])
  })

  it.each(cases)('is to $path at $where as one that never was', async ({ path, target, schema }) => {
    const outcomes = []
    for (const id of [there.get(columnOf(target.name)) ?? '', newId()]) {
      const input = inputOf({ path: '', name: '', schema }, target, id, here)
      const { status, body } = await desk.app.call(path, input, { cookie: owner.cookie, workspaceId: hereId })
      outcomes.push({ status, code: (body as { data?: { code?: string } } | null)?.data?.code })
      const said = JSON.stringify(body ?? null)
      expect(said).not.toContain('Input validation failed')
      expect(said.toLowerCase()).not.toContain(ONLY_THERE.toLowerCase())
    }
    expect(outcomes[0]).toEqual(outcomes[1])
    expect([401, 403, 500]).not.toContain(outcomes[0]?.status)
  })

  it('changes nothing there, and nothing here points there', async () => {
    expect(await snapshot(desk.workspaceId)).toEqual(before)
    const pointing: string[] = []
    for (const table of await tables())
      for (const { id } of await admin<{ id: string }>(
        `select id from unnest($2::text[]) as g(id)
         where exists (select from ${table} t where workspace_id = $1 and t::text like '%' || id || '%')`,
        [hereId, [...new Set(there.values())]],
      ))
        pointing.push(`${table} ${[...there].find(([, value]) => value === id)?.[0]}`)
    // A saved filter is a question; asked here, it finds nothing.
    expect(pointing.filter((words) => !words.startsWith('saved_view '))).toEqual([])
  })

  it.each([
    '/media/posts/{post_id}/0',
    '/media/posts/{post_id}/0/attached',
    '/media/posts/{post_id}/0/file',
    '/media/authors/{author_id}',
    '/files/attachments/{attachment_id}',
    '/files/imports/{import_id}/rejections.csv',
    '/files/audits/{audit_id}.html',
  ])('is unknown to %s', async (address) => {
    const filled = address.replace(/\{(\w+)\}/, (_, column: string) => there.get(column) ?? '')
    for (const workspace of [hereId, desk.workspaceId]) {
      const answer = await desk.app.request(`${filled}?workspace=${workspace}`, { headers: { cookie: owner.cookie } })
      expect(answer.status).toBe(404)
    }
  })

  it('opens no stream and no export of its workspace', async () => {
    for (const address of ['/live', '/files/posts.csv']) {
      const answer = await desk.app.request(`${address}?workspace=${desk.workspaceId}`, {
        headers: { cookie: owner.cookie },
      })
      expect(answer.status).toBe(404)
    }
  })
})
