import { MACRO_PLACEHOLDERS } from '../../contract/macro-placeholders.ts'
import { readWorkspace } from '../accounts/index.ts'
import { authorBriefs, listPurchases, personsOfAuthors } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid } from '../platform/errors.ts'
import type { ConversationRow } from './conversation.ts'
import { signOffOf } from './sign-off.ts'

/** `{{name}}`, or `{{name|what stands there when it is not known}}`. */
const PLACEHOLDER = /\{\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}\}/g
/** Among the newest purchases an order is found, or there is none worth naming. */
const PURCHASES_READ = 20

/** Throws Invalid for a placeholder that nothing would fill. */
export function requirePlaceholders(text: string): void {
  for (const [, name = ''] of text.matchAll(PLACEHOLDER))
    if (!(MACRO_PLACEHOLDERS as readonly string[]).includes(name))
      throw new Invalid('placeholder-unknown', { placeholder: name })
}

export interface Filled {
  text: string
  /** Placeholders that stand in the text as they are: nobody knows what belongs there, and the policy lets none out. */
  missing: string[]
}

export async function fillMacro(
  tx: WorkspaceTransaction,
  text: string,
  { author_id, network }: Pick<ConversationRow, 'author_id' | 'network'>,
): Promise<Filled> {
  const values = await valuesFor(tx, text, author_id, network)
  const missing = new Set<string>()
  const filled = text.replaceAll(PLACEHOLDER, (whole, name: string, fallback: string | undefined) => {
    const value = values[name] ?? fallback?.trim()
    if (value === undefined) missing.add(name)
    return value ?? whole
  })
  return { text: filled, missing: [...missing] }
}

/** Only what the text asks for is looked up. A sign-off that a bot does not have is known to be none. */
async function valuesFor(
  tx: WorkspaceTransaction,
  text: string,
  authorId: string,
  network: string,
): Promise<Record<string, string | undefined>> {
  const asked = new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name.split('.')[0]))
  const author = (await authorBriefs(tx, [authorId])).get(authorId)
  const person =
    asked.has('person') || asked.has('order') ? (await personsOfAuthors(tx, [authorId])).get(authorId) : null
  const order = asked.has('order') && person ? await newestOrder(tx, person.personId) : null
  return {
    'author.name': author?.name ?? author?.handle ?? undefined,
    'author.handle': author?.handle ? `@${author.handle}` : undefined,
    'person.name': person?.name || undefined,
    'person.first-name': person?.name.trim().split(/\s+/)[0] || undefined,
    'order.number': order?.externalId,
    'order.title': order?.title || undefined,
    'agent.name': asked.has('agent') ? await agentName(tx) : undefined,
    'agent.sign-off': asked.has('agent') ? await signOffOf(tx, network) : undefined,
    brand: asked.has('brand') ? (await readWorkspace(tx)).brand : undefined,
  }
}

async function newestOrder(tx: WorkspaceTransaction, personId: string) {
  const { items } = await listPurchases(tx, { personId, limit: PURCHASES_READ })
  return items.find(({ kind, withdrawn }) => kind === 'order' && !withdrawn) ?? null
}

async function agentName({ sql, workspaceId, actor }: WorkspaceTransaction): Promise<string> {
  if (actor.kind !== 'member' || !actor.id) return ''
  const row = await sql
    .selectFrom('member')
    .select('name')
    .where('workspace_id', '=', workspaceId)
    .where('member_id', '=', actor.id)
    .executeTakeFirst()
  return row?.name ?? ''
}
