import { setTimeout as delay } from 'node:timers/promises'
import { findWorkspaceId } from '../server/accounts/index.ts'
import type { HttpApp } from '../server/platform/module.ts'
import type { Services } from '../server/platform/services.ts'
import { type DeskTurn, deskTurns } from './desk.ts'
import { type KnownPerson, knownPeople, members, publicCast, workspaceSeeds } from './index.ts'
import { type Client, signedIn } from './load.ts'

/** What was heard first becomes conversations within seconds; what is not there after this is not coming. */
const WAIT_MS = 60_000
const LOOK_MS = 500

/** Plays what the desk did before one looks in, each turn as the colleague who did it. */
export async function workAtTheDesk(services: Services, app: HttpApp): Promise<void> {
  for (const { key, name } of workspaceSeeds) {
    const workspaceId = await findWorkspaceId(services, name)
    if (!workspaceId) continue
    const clients = new Map<string, Client>()
    for (const turn of deskTurns.filter(({ workspace }) => workspace === key)) {
      const client = clients.get(turn.by) ?? (await signedIn(services, app, addressOf(turn.by), workspaceId))
      clients.set(turn.by, client)
      if (!(await play(client, turn))) services.log.warn({ handle: turn.handle }, 'the desk found no conversation')
    }
    const lead = clients.get('ruben') ?? (await signedIn(services, app, addressOf('ruben'), workspaceId))
    for (const person of knownPeople) await linkForum(lead, person)
  }
}

const addressOf = (key: string): string => members.find((member) => member.key === key)?.email ?? ''

async function play({ accounts, inbox }: Client, turn: DeskTurn): Promise<boolean> {
  const conversationId = await find(inbox, turn)
  if (!conversationId) return false
  const { items: colleagues } = await accounts.members.list({})
  const idOf = (key: string) => colleagues.find(({ email }) => email === addressOf(key))?.memberId ?? null
  const change = (what: Parameters<typeof inbox.conversations.change>[0]['change']) =>
    inbox.conversations.change({ which: { conversationIds: [conversationId] }, change: what })
  if (turn.assign) await change({ change: 'assign', memberId: idOf(turn.assign), teamId: null })
  if (turn.tag) {
    const tag = (await inbox.tags.list({})).items.find(({ name }) => name === turn.tag)
    if (tag) await change({ change: 'tag', add: [tag.tagId], remove: [] })
  }
  if (turn.note) {
    const mentions = (turn.note.mentions ?? []).map(idOf).filter((id): id is string => id !== null)
    await inbox.notes.add({ conversationId, text: turn.note.text, mentions })
  }
  if (turn.snoozeHours) await change({ change: 'snooze', until: new Date(Date.now() + turn.snoozeHours * 3_600_000) })
  if (turn.close) await change({ change: 'close' })
  return true
}

/** By the author's handle, then by words of a post; the names of accounts may come a moment after their posts. */
async function find(inbox: Client['inbox'], { handle, words }: DeskTurn): Promise<string | null> {
  for (const until = Date.now() + WAIT_MS; Date.now() < until; await delay(LOOK_MS)) {
    const { items } = await inbox.conversations.list({ text: words ?? `@${handle}`, limit: 100 })
    const found = items.find(({ author }) => author.handle === handle)
    if (found) return found.conversationId
  }
  return null
}

/** What a customer told: that they are also somebody in the forum. Nothing is linked by name alone. */
async function linkForum({ people }: Client, { accounts, forumNickname, saysOfForum }: KnownPerson): Promise<void> {
  const handle = publicCast.find(({ key }) => key === accounts[0])?.handle
  if (!handle || !forumNickname || !saysOfForum) return
  const { items: known } = await people.authors.list({ search: handle })
  const { items: writers } = await people.authors.list({ search: forumNickname })
  const personId = known.find((author) => author.handle === handle)?.person?.personId
  const writer = writers.find((author) => author.name === forumNickname && !author.person)
  if (personId && writer)
    await people.persons.link({
      personId,
      authorId: writer.authorId,
      method: 'customer-told',
      evidence: saysOfForum,
      legalBasis: 'consent',
    })
}
