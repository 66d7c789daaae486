import { readMailSettings, readWorkspace } from '../accounts/index.ts'
import { connectorOf } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import { CUSTOMER } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { listIssuers } from './issuers.ts'
import { type Offer, type ProofSettings, readSettings } from './settings.ts'
import { PORTAL_LANGUAGES, type PortalLanguage, STATEMENTS, type Statement, textId, textsFor } from './texts.ts'
import { workspaceOfSlug } from './visits.ts'

const ACCOUNTS_MAX = 20

/** Our accounts to which customers can say something that we hear, each with its handle. */
export async function listeningAccounts(
  services: Services,
  tx: WorkspaceTransaction,
): Promise<{ network: string; handle: string }[]> {
  const rows = await tx.sql
    .selectFrom('source')
    .innerJoin('author', (join) =>
      join
        .onRef('author.workspace_id', '=', 'source.workspace_id')
        .onRef('author.author_id', '=', 'source.own_author_id'),
    )
    .select(['author.network', 'author.handle', 'source.network as connector'])
    .where('source.workspace_id', '=', tx.workspaceId)
    .where('source.removed_at', 'is', null)
    .where('source.state', '!=', 'paused')
    .where('author.handle', 'is not', null)
    .orderBy('author.network')
    .limit(ACCOUNTS_MAX)
    .execute()
  const heard = rows.filter(({ connector }) => connectorOf(services, connector)?.capabilities.hears !== 'none')
  const byHandle = new Map(
    heard.map(({ network, handle }) => [`${network} ${handle}`, { network, handle: handle ?? '' }]),
  )
  return [...byHandle.values()]
}

/** What is set and can work today: nothing is offered that would end in an error. */
export async function offersOf(services: Services, tx: WorkspaceTransaction, settings: ProofSettings) {
  const [issuers, accounts, mail] = [
    await listIssuers(tx),
    await listeningAccounts(services, tx),
    await readMailSettings(services),
  ]
  const works: Record<Offer, boolean> = {
    mail: mail !== null,
    phone: settings.gateway !== null && settings.phoneCountries.length > 0,
    site: true,
    account: accounts.length > 0,
    'sign-in': issuers.length > 0,
  }
  return { offered: settings.offered.filter((offer) => works[offer]), issuers, accounts }
}

export async function requireOffer(services: Services, tx: WorkspaceTransaction, offer: Offer): Promise<ProofSettings> {
  const settings = await readSettings(tx)
  if (!settings) throw new NotFound('portal-unknown')
  const { offered } = await offersOf(services, tx, settings)
  if (!offered.includes(offer)) throw new Invalid('not-offered')
  return settings
}

export interface Agreed {
  statementId: string
  language: PortalLanguage
}

/** The text that the page showed, word for word; one that was changed meanwhile was not agreed to. */
export async function statementOf(
  tx: WorkspaceTransaction,
  statement: Statement,
  { statementId, language }: Agreed,
): Promise<{ text: string; language: PortalLanguage }> {
  const settings = await readSettings(tx)
  const { brand } = await readWorkspace(tx)
  const text = textsFor(settings?.texts ?? {}, brand, language)[statement]
  if (textId(text) !== statementId) throw new Conflict('text-changed')
  return { text, language }
}

/** What anybody may know who finds the page. Says nothing of who is known. */
export async function describePortal(services: Services, slug: string, language: PortalLanguage) {
  const workspaceId = await workspaceOfSlug(services, slug)
  if (!workspaceId) throw new NotFound('portal-unknown')
  return services.database.inWorkspace(workspaceId, CUSTOMER, async (tx) => {
    const settings = await readSettings(tx)
    if (!settings) throw new NotFound('portal-unknown')
    const { brand } = await readWorkspace(tx)
    const { lead, ...texts } = textsFor(settings.texts, brand, language)
    const { offered, issuers, accounts } = await offersOf(services, tx, settings)
    return {
      brand,
      languages: [...PORTAL_LANGUAGES],
      open: settings.open,
      lead,
      statements: Object.fromEntries(
        STATEMENTS.map((name) => [name, { id: textId(texts[name]), text: texts[name] }]),
      ) as Record<Statement, { id: string; text: string }>,
      privacyNotice: settings.privacyNotice,
      offered,
      issuers: issuers.map(({ issuerId, name }) => ({ issuerId, name })),
      accounts,
      phoneCountries: settings.phoneCountries,
    }
  })
}
