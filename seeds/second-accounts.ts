import { findWorkspaceId } from '../server/accounts/index.ts'
import type { HttpApp } from '../server/platform/module.ts'
import type { Services } from '../server/platform/services.ts'
import type { Twin } from '../twin/twin.ts'
import { brandAccounts, members, workspaceSeeds } from './index.ts'
import { signedIn } from './load.ts'

/** People with two accounts, who write with both: what suggestions are for. Nobody here exists. */
const SECOND_ACCOUNTS = [
  {
    workspace: 'kobaltfon',
    brand: 'kobaltfon',
    accounts: [
      {
        handle: 'wiebke-suhr.test',
        name: 'Wiebke Suhr',
        bio: 'Hebamme, Radfahrerin, Celle. https://hebamme-suhr.example',
        says: 'das Telefon in der Praxis knackt seit Montag. Können Sie die Leitung messen?',
      },
      {
        handle: 'hebammenpraxis-suhr.test',
        name: 'Wiebke Suhr, Hebamme',
        bio: 'Praxis in Celle: hebamme-suhr.example. Privat: https://bsky.app/profile/wiebke-suhr.test',
        says: 'wir sind heute nur über Mobilfunk zu erreichen. Gibt es eine Störung in Celle?',
      },
    ],
  },
] as const

/** Lets the accounts speak, and switches suggestions on where they did, as whoever looks after privacy would. */
export async function speakTwice(services: Services, app: HttpApp, twin: Twin): Promise<void> {
  for (const { workspace, brand, accounts } of SECOND_ACCOUNTS) {
    const seed = workspaceSeeds.find(({ key }) => key === workspace)
    const workspaceId = seed && (await findWorkspaceId(services, seed.name))
    if (!seed || !workspaceId) continue
    const called = brandAccounts.find(({ key }) => key === brand)?.handle ?? ''
    for (const { says, ...account } of accounts) {
      twin.control.account(account)
      twin.control.post({ by: account.handle, text: `@${called} ${says}`, language: 'de' })
    }
    const owner = members.find(({ key }) => key === seed.members.find(({ role }) => role === 'owner')?.member)
    const client = await signedIn(services, app, owner?.email ?? '', workspaceId)
    await client.people.suggestions.changePolicy({ mode: 'suggest', proofLevel: null, heardToo: false })
  }
}
