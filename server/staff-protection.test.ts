import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contract } from '../contract/index.ts'
import { queryAsAdmin } from './platform/testing/database.ts'
import { createTestApp, type TestApp } from './testing/app.ts'
import { type JsonSchema, jsonSchemaOf, placesOf, proceduresOf } from './testing/procedures.ts'

/**
 * Staff protection (docs/decisions/0007-no-figures-per-member.md): nothing counts, sorts or exports by member. What these
 * tests find anew is either a figure about somebody's work, and goes, or it is none, and is listed here with its reason.
 */
const MEMBER =
  /member|assignee|agent|holder|(?<!f)actor|colleague|(created|linked|begun|changed|uploaded|invited|withdrawn|closed|answered|sent)By$/i
const COUNT = /count|times|total|number|average|median|rate|share|seconds|minutes|score|rank/i

const NUMBERS_BESIDE_A_MEMBER: Record<string, string> = {
  postCount: 'how much the customer and we said in a conversation; whoever is assigned may have said none of it',
  version: 'of a query, or what was said, for compare-and-set',
  charactersMax: 'what the network takes',
  attachmentsMax: 'what the network takes',
  attempts: 'how often the network was asked to take a post, whoever wrote it',
  from: 'hour at which quiet hours begin',
  until: 'hour at which quiet hours end',
  width: 'of a column on the screen',
  daysLeft: 'until a topic has learned what is usual',
  posts: 'what was said while a topic learned what is usual',
}

const INPUTS_THAT_NAME_A_MEMBER: Record<string, string> = {
  'crisis.drills.begin': 'who is let into a sandbox',
  'people.organisations.updateMember': 'a customer who belongs to an organisation, not one of us',
  'people.organisations.withdrawMember': 'a customer who belongs to an organisation, not one of us',
  'privacy.requests.change': 'gives a request to somebody',
  'inbox.answers.submit': 'asks somebody to look at a text',
  'publishing.approvals.submit': 'asks somebody to look at a text',
  'publishing.approvals.setStandIn': 'who is asked while somebody is away',
  'accounts.members.update': 'role and state of one member',
  'accounts.roles.sourceRoles': 'what one member may do with single sources',
  'accounts.roles.setSourceRole': 'what one member may do with a source',
  'plan.stakeholders.create': 'who decides and who speaks in the programme',
  'plan.stakeholders.remove': 'somebody with a part in the programme, who is often no member',
  'plan.stakeholders.update': 'who decides and who speaks in the programme',
  'accounts.staffing.get': 'what one member can take, for whoever plans it',
  'accounts.staffing.update': 'what one member can take',
  'accounts.shifts.create': 'who works in a shift',
  'accounts.shifts.update': 'who works in a shift',
  'accounts.teams.create': 'who is in a team',
  'accounts.teams.update': 'who is in a team',
  'inbox.conversations.list': 'finds what lies with somebody and is still to be done',
  'inbox.conversations.count': 'about oneself and what is to be done; null about colleagues',
  'inbox.conversations.change': 'assigns, or takes over what lies with somebody',
  'inbox.routing.save': 'a rule assigns',
  'inbox.routing.check': 'a rule that assigns, before it is saved',
  'inbox.routing.dryRun': 'a rule that assigns; nothing in the answer names or counts a member',
  'inbox.macros.create': 'assigns',
  'inbox.macros.update': 'assigns',
  'inbox.views.create': 'keeps a filter of the list',
  'inbox.views.update': 'keeps a filter of the list',
  'columns.layouts.create': 'keeps a filter of a list of conversations',
  'columns.layouts.save': 'keeps a filter of a list of conversations',
  'measurement.alarms.changeRule': 'who is told of an alarm',
  'measurement.staff.analyse':
    'the one figure about a member: under a released agreement, written down and told (staff-agreements.test.ts)',
}

const NUMBERS_IN_TABLES_WITH_A_MEMBER: Record<string, string> = {
  'drill.keep_days': 'how long its sandbox is kept',
  'drill.minutes': 'how long its storm takes',
  'drill.planned': 'posts of its storm',
  'drill.told': 'posts of its storm so far',
  'holding_statement.version': 'of the text, for compare-and-set',
  'acknowledgement.version': 'of the guideline that was read',
  'training_standing.passed_version': 'of the training that was passed',
  'training_standing.counted_version': 'of the training whose first try is counted, so that it is counted once',
  'training_standing.failed_since_pause':
    'how many attempts are left before a pause; only the member sees it, and a pass ends it',
  'access_archive.attempts': 'how often a worker tried to make the copy',
  'access_archive.bytes': 'of the file',
  'access_archive.downloads': 'how often a copy left the house, whoever fetched it',
  'access_archive.steps': 'progress of the copy',
  'access_archive.steps_expected': 'progress of the copy',
  'erasure.attempts': 'how often a worker went on with the erasure',
  'layout.version': 'of the layout, for compare-and-set',
  'column_look.width': 'how wide somebody wants a column',
  'staff_document.bytes': 'of the paper that was agreed on',
  'staffing.capacity': 'how much somebody may be given at once, as their lead set it; no work of theirs is in it',
  'policy_version.version': 'of the policy',
  'routing_version.version': 'of the rules, which somebody saved',
  'routing_version.returned_to': 'an older version of the rules',
  'approval.undo_seconds': 'how long a text can be taken back, as its sender asked',
  'retention_rule.days': 'how long data are kept',
  'topic_version.version': 'of the query',
  'alarm.posts': 'what the public said; a member took note of it',
  'alarm.expected': 'what the public usually says',
  'alarm.quiet_minutes': 'how long the public has been quiet',
  'alarm.told_posts': 'what the public had said when it was told',
  'alarm_message.attempts': 'how often a server was asked to take the message',
  'moderation.attempts': 'how often a network was asked',
  'alarm_message.status': 'what that server answered',
  'suggestion.weight': 'how much two accounts speak for being one person’s; a member answered',
  'suggestion.probability': 'the same as a share',
  'suggestion.model_version': 'of the model that compared them',
  'impersonation.strength': 'how much an account resembles ours; a member decided on it',
  'verdict.thought_probability': 'what the model thought of a post before a person sorted it',
  'verdict.version': 'order of verdicts on a topic, for compare-and-set',
  'import.file_bytes': 'of the file',
  'import.rows': 'of the file',
  'import.posts': 'of the file',
  'import.duplicates': 'of the file',
  'import.rejected': 'of the file',
  'import.authors': 'of the file',
  'import.bytes_read': 'of the file',
  'contact_proposal.line': 'of the file',
  'purchase.amount': 'what a customer pays',
  'purchase.refunded': 'what a customer got back',
  'attachment.bytes': 'of the file',
  'audit.reading': 'progress of the audit',
  'audit.rows': 'progress of the audit',
  'audit.rows_expected': 'progress of the audit',
  'audit.attempts': 'how often the audit was begun',
  'conversation.version': 'counts what was said, for compare-and-set',
  'conversation.heard_version': 'counts what was heard, for compare-and-set',
  'conversation.post_count': 'what the customer and we said',
  'conversation_post.version': 'what of the conversation a post made',
  'delivery.attempts': 'how often the network was asked',
  'draft.against_version': 'what the writer had seen',
  'notification.times': 'how often one is told of one conversation, until it is read; only the member sees it',
  'proof_invitation.openings': 'how often customers opened a link',
  'event.position': 'order of commit',
  'graph_operation.position': 'order of operations',
  'person_link.position': 'order of operations',
  'person_merge.position': 'order of operations',
  'person_override.position': 'order of operations',
  'score_formula.version': 'order of versions of a formula',
}

const procedures = proceduresOf(contract)
const isNumber = (name: string, schema: JsonSchema): boolean =>
  [schema, ...(schema.anyOf ?? [])].some(({ type }) => type === 'number' || type === 'integer') ||
  (COUNT.test(name) && [schema, ...(schema.anyOf ?? [])].some(({ type }) => type === 'string'))

/** What stands in one object, its inner objects included, lists excluded: names of members, and of numbers. */
function inOneObject(schema: JsonSchema): { members: string[]; numbers: string[] } {
  const entries = Object.entries(schema.properties ?? {})
  const inner = entries.flatMap(([, child]) =>
    [child, ...(child.anyOf ?? []), ...(child.oneOf ?? [])].filter((part) => part.properties).map(inOneObject),
  )
  return {
    members: [
      ...entries.map(([name]) => name).filter((name) => MEMBER.test(name)),
      ...inner.flatMap(({ members }) => members),
    ],
    numbers: [
      ...entries.filter(([name, child]) => isNumber(name, child)).map(([name]) => name),
      ...inner.flatMap(({ numbers }) => numbers),
    ],
  }
}

describe('the contract', () => {
  it('answers with no number beside a member', () => {
    const found = procedures.flatMap(({ path, output }) =>
      placesOf(jsonSchemaOf(output, 'output'))
        .filter(({ schema }) => schema.properties)
        .flatMap(({ path: place, schema }) => {
          const { members, numbers } = inOneObject(schema)
          const unexplained = numbers.filter((name) => !(name in NUMBERS_BESIDE_A_MEMBER))
          return members.length > 0 && unexplained.length > 0
            ? [`${path}${place}: ${unexplained} beside ${members}`]
            : []
        }),
    )
    expect(found).toEqual([])
  })

  it('would notice such a number, by whatever name and however deep', () => {
    const figure = { properties: { member: { properties: { memberId: {} } }, closed: { type: 'integer' } } }
    expect(inOneObject(figure)).toEqual({ members: ['member', 'memberId'], numbers: ['closed'] })
    const written = { properties: { agentId: {}, answerSeconds: { type: 'string' } } }
    expect(inOneObject(written)).toEqual({ members: ['agentId'], numbers: ['answerSeconds'] })
  })

  it('asks for a member only where work is given or found, and nowhere for who did something', () => {
    const naming = procedures.filter(({ input }) =>
      placesOf(jsonSchemaOf(input, 'input')).some(({ name }) => MEMBER.test(name)),
    )
    expect(naming.map(({ path }) => path).filter((path) => !(path in INPUTS_THAT_NAME_A_MEMBER))).toEqual([])
  })

  it('sorts by no member', () => {
    const orders = procedures.flatMap(({ path, input }) =>
      placesOf(jsonSchemaOf(input, 'input'))
        .filter(({ name, schema }) => /order|sort|group|by$/i.test(name) && schema.enum)
        .map(({ schema }) => `${path}: ${schema.enum}`),
    )
    expect(orders.length).toBeGreaterThan(0)
    expect(orders.filter((words) => MEMBER.test(words.split(': ')[1] ?? ''))).toEqual([])
  })
})

describe('what is kept and handed out', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await createTestApp()
  })
  afterAll(() => app.close())

  it('has no number in a table beside a member, but those that are explained', async () => {
    const rows = await queryAsAdmin<{ name: string }>(
      app.test.admin,
      `select c.table_name || '.' || c.column_name as name from information_schema.columns c
       where c.table_schema = 'public' and c.data_type in ('integer', 'bigint', 'smallint', 'numeric', 'real', 'double precision', 'interval')
         and exists (select from information_schema.columns m where m.table_schema = 'public' and m.table_name = c.table_name
           and m.data_type = 'uuid' and m.column_name ~ '(member|holder|actor)_id$|_by$')
       order by 1`,
    )
    expect(rows.map(({ name }) => name).filter((name) => !(name in NUMBERS_IN_TABLES_WITH_A_MEMBER))).toEqual([])
  })

  it('exports no column about a member', async () => {
    const headers = { cookie: app.workspace.owner.cookie, 'x-rapport-workspace': app.workspace.workspaceId }
    const answer = await app.request('/files/posts.csv', { headers })
    const [columns = ''] = (await answer.text()).split('\r\n')
    expect(columns).toContain('published_at')
    expect(columns.split(',').filter((column) => MEMBER.test(column))).toEqual([])
  })
})
