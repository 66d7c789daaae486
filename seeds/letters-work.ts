import { setTimeout as delay } from 'node:timers/promises'
import { findWorkspaceId } from '../server/accounts/index.ts'
import type { HttpApp } from '../server/platform/module.ts'
import type { Services } from '../server/platform/services.ts'
import type { TwinMail } from '../twin/mail/mail.ts'
import { addressOf } from './customer-work.ts'
import { workspaceSeeds } from './index.ts'
import { type LetterSeed, letterOf, mailboxSeeds } from './letters.ts'
import { type Client, signedIn } from './load.ts'

const PASSWORD = 'letters-of-the-demo'
const MINUTE_MS = 60_000
/** A letter becomes a conversation within seconds. */
const WAIT_MS = 30_000
const LOOK_MS = 500

/** The mailboxes are there each time the demo starts, with what customers wrote before it began, numbered anew: what was heard is known by its id. */
export function openMailboxes(mail: TwinMail, { now, since }: { now: Date; since: Date }): void {
  for (const { address, letters } of mailboxSeeds) {
    for (const folder of mail.account(address, PASSWORD).folders.values())
      folder.uidValidity = Math.floor(now.getTime() / 1_000)
    for (const letter of letters) {
      const at = new Date(since.getTime() - letter.minutesAgo * MINUTE_MS)
      mail.receive(address, letterOf(letter, address, at), at)
    }
  }
}

/** Connects the mailbox as the owner would, and lets a colleague answer. */
export async function writeLetters(services: Services, app: HttpApp, mail: TwinMail): Promise<void> {
  for (const { workspace, address, name, letters, signOff } of mailboxSeeds) {
    const seed = workspaceSeeds.find(({ key }) => key === workspace)
    const workspaceId = await findWorkspaceId(services, seed?.name ?? '')
    const owner = seed?.members.find(({ role }) => role === 'owner')?.member
    if (!workspaceId || !owner) continue
    const as = (colleague: string) => signedIn(services, app, addressOf(colleague), workspaceId)
    const { listening } = await as(owner)
    const server = { imapHost: '127.0.0.1', imapPort: mail.imapPort, smtpHost: '127.0.0.1', smtpPort: mail.smtpPort }
    await listening.sources.create({
      network: 'mail',
      settings: { address, name, ...server, imapSecurity: 'none', smtpSecurity: 'none' },
      credentials: { user: address, password: PASSWORD },
    })
    await (await as(signOff.by)).accounts.members.updateMyself({ signOff: signOff.text, network: 'mail' })
    for (const letter of letters)
      if (letter.answer && !(await answer(await as(letter.answer.by), letter, letter.answer.text)))
        services.log.warn({ letter: letter.key }, 'the demo found no conversation for a letter')
  }
}

async function answer({ inbox }: Client, { from }: LetterSeed, text: string): Promise<boolean> {
  for (const until = Date.now() + WAIT_MS; Date.now() < until; await delay(LOOK_MS)) {
    const { items } = await inbox.conversations.list({ network: 'mail', limit: 100 })
    const found = items.find(({ author }) => author.handle === from.address)
    if (!found) continue
    const { conversationId, version } = found
    await inbox.leases.claim({ conversationId })
    const conversations = [{ conversationId, againstVersion: version }]
    await inbox.answers.send({ conversations, text, language: 'de', undoSeconds: 0, close: true })
    return true
  }
  return false
}
