import type { RoutingAction, RoutingCondition } from '../contract/routing-rules.ts'
import { findWorkspaceId } from '../server/accounts/index.ts'
import { newId } from '../server/platform/ids.ts'
import type { HttpApp } from '../server/platform/module.ts'
import type { Services } from '../server/platform/services.ts'
import { addressOf } from './customer-work.ts'
import { type DeskOrder, deskOrders, type RuleSeed } from './desk-order.ts'
import { workspaceSeeds } from './index.ts'
import { type Client, signedIn } from './load.ts'

const TIME_ZONE = 'Europe/Berlin'

/** Sets up how each desk is run, as its owner would. */
export async function orderDesks(services: Services, app: HttpApp): Promise<void> {
  for (const order of deskOrders) {
    const seed = workspaceSeeds.find(({ key }) => key === order.workspace)
    const workspaceId = await findWorkspaceId(services, seed?.name ?? '')
    const owner = seed?.members.find(({ role }) => role === 'owner')?.member
    if (!workspaceId || !owner) continue
    const client = await signedIn(services, app, addressOf(owner), workspaceId)
    const names = await namesHere(client)
    const teams = await staff(client, order, names)
    await rule(client, order.rules, { ...names, teams })
    const { version } = await client.publishing.policy.get({})
    const document = { ...order.policy.document, preset: order.policy.document.preset ?? 'small-team' }
    await client.publishing.policy.save({ against: version, document, note: order.policy.note })
    await layOut(client, order.layout, names)
  }
}

type Names = ReadonlyMap<string, string>
interface NamesHere {
  members: Names
  topics: Names
  tags: Names
}

async function namesHere({ accounts, listening, inbox }: Client): Promise<NamesHere> {
  const { items: members } = await accounts.members.list({})
  const { items: topics } = await listening.topics.list({})
  const { items: tags } = await inbox.tags.list({})
  return {
    members: new Map(members.map(({ email, memberId }) => [email ?? '', memberId])),
    topics: new Map(topics.map(({ name, topicId }) => [name, topicId])),
    tags: new Map(tags.map(({ name, tagId }) => [name, tagId])),
  }
}

const idIn = (names: Names, name: string): string => {
  const id = names.get(name)
  if (!id) throw new Error(`the demo knows nothing called ${name}`)
  return id
}

async function staff(
  { accounts }: Client,
  { teams, skills, shifts }: DeskOrder,
  { members }: NamesHere,
): Promise<Names> {
  const ids = (keys: string[]) => keys.map((key) => idIn(members, addressOf(key)))
  const made = new Map<string, string>()
  for (const { key, name, members: keys } of teams)
    made.set(key, (await accounts.teams.create({ name, memberIds: ids(keys) })).teamId)
  for (const { member, ...takes } of skills)
    await accounts.staffing.update({ memberId: idIn(members, addressOf(member)), ...takes })
  for (const { name, members: keys, hours } of shifts)
    await accounts.shifts.create({ name, memberIds: ids(keys), calendar: everyDay(hours) })
  return made
}

const everyDay = (hours: { from: string; until: string }[]) => ({
  timeZone: TIME_ZONE,
  week: {
    monday: hours,
    tuesday: hours,
    wednesday: hours,
    thursday: hours,
    friday: hours,
    saturday: hours,
    sunday: hours,
  },
  closed: [],
  special: [],
})

async function rule({ inbox }: Client, rules: RuleSeed[], names: NamesHere & { teams: Names }): Promise<void> {
  const condition = (when: RuleSeed['when'][number]): RoutingCondition =>
    'topic' in when ? { about: 'topic', is: 'any-of', topicIds: [idIn(names.topics, when.topic)] } : when
  const action = (does: RuleSeed['does'][number]): RoutingAction => {
    if ('tag' in does) return { do: 'tag', tagIds: [idIn(names.tags, does.tag)] }
    if (!('team' in does)) return does
    const teamId = idIn(names.teams, does.team)
    return { do: 'assign', to: does.skill ? { kind: 'skill', teamId, ...does.skill } : { kind: 'team', teamId } }
  }
  const { version } = await inbox.routing.get({})
  await inbox.routing.save({
    againstVersion: version,
    note: '',
    rules: rules.map(({ name, asks, when, does }) => ({
      ruleId: newId(),
      name,
      on: true,
      asks,
      match: 'all',
      conditions: when.map(condition),
      actions: does.map(action),
      stops: false,
    })),
  })
}

async function layOut(
  { columns }: Client,
  { name, topics, searches }: DeskOrder['layout'],
  names: NamesHere,
): Promise<void> {
  const column = { columnId: null, name: null, filters: {} }
  await columns.layouts.create({
    name,
    shared: true,
    columns: [
      { ...column, kind: 'mentions' },
      { ...column, kind: 'queue', filters: { unanswered: 'negative' }, order: 'due', name: 'Negativ und offen' },
      ...topics.map((topic) => ({ ...column, kind: 'topic' as const, topicId: idIn(names.topics, topic) })),
      ...searches.map((search) => ({ ...column, kind: 'search' as const, ...search })),
    ],
  })
}
