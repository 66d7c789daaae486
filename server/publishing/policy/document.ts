import type { PolicyDocument } from '../../../contract/publishing-policy.ts'
import {
  type Brand,
  brandOf,
  CHECK_IDS,
  type CheckId,
  type CheckRule,
  type Colleague,
  careDesk,
  type OtherBrand,
  type PolicyConfiguration,
  smallTeam,
} from '../../policy/index.ts'

export type { PolicyDocument }

export const PRESETS = { 'small-team': smallTeam, 'care-desk': careDesk } as const

/** What holds where nobody configured anything: no four eyes, no training, and no list that the workspace did not make. */
export const SHIPPED: PolicyDocument = {
  preset: 'small-team',
  checks: {},
  always: {},
  languageLettersMin: 30,
  exceptions: [],
  address: { de: null, nl: null },
  own: { mails: [], phones: [], ibans: [], addresses: [] },
  links: [],
  numberPatterns: [],
  claims: [],
  embargoes: [],
  disclosures: [],
  botsSaySo: false,
  fullNames: false,
  others: [],
  scopes: [],
}
export const SHIPPED_VERSION = 0

/** For which account, and which topics the post that is answered belongs to. */
export interface Place {
  sourceId: string
  topicIds: readonly string[]
}

type Scope = PolicyDocument['scopes'][number]
type Measured = PolicyConfiguration['measured']

export const scopesAt = ({ scopes }: PolicyDocument, { sourceId, topicIds }: Place): Scope[] =>
  scopes.filter(
    (scope) =>
      (scope.sourceId === null || scope.sourceId === sourceId) &&
      (scope.topicId === null || topicIds.includes(scope.topicId)),
  )

/** What each check does at a place: the preset, what the workspace changed, what it changed there. */
export function configurationAt(
  document: PolicyDocument,
  version: number,
  place: Place,
  measured: Measured = {},
): PolicyConfiguration {
  const scopes = scopesAt(document, place)
  const preset = PRESETS[document.preset](String(version))
  const changed = [document, ...scopes]
  return {
    ...preset,
    checks: Object.fromEntries(
      CHECK_IDS.map((check) => [
        check,
        Object.assign({}, preset.checks[check], ...changed.map(({ checks }) => checks[check])) as CheckRule,
      ]),
    ) as Record<CheckId, CheckRule>,
    always: Object.assign({}, preset.always, ...changed.map(({ always }) => always)),
    thresholds: { languageLettersMin: document.languageLettersMin },
    exceptions: document.exceptions,
    measured,
  }
}

interface Company {
  brand: string
  handles: readonly string[]
  /** Addresses of our mailboxes: whoever is asked to write there is not told of somebody. */
  mails?: readonly string[]
  /** Brands of other workspaces in which the writer works. */
  otherBrands: readonly OtherBrand[]
  colleagues: readonly Colleague[]
}

export function brandAt(document: PolicyDocument, place: Place, company: Company): Brand {
  const scopes = scopesAt(document, place)
  const address = scopes.reduce((found, scope) => scope.address ?? found, document.address)
  const others = [...document.others, ...scopes.flatMap((scope) => scope.others), ...company.otherBrands]
  return brandOf(company.brand, {
    handles: company.handles,
    address,
    own: { ...document.own, mails: [...document.own.mails, ...(company.mails ?? [])] },
    links: document.links,
    numberPatterns: document.numberPatterns,
    claims: document.claims.map(({ topicIds, ...claim }) => ({ ...claim, topics: topicIds })),
    embargoes: document.embargoes,
    disclosures: document.disclosures,
    botsSaySo: document.botsSaySo,
    others: others.filter(({ name }) => name.toLowerCase() !== company.brand.toLowerCase()),
    colleagues: company.colleagues,
  })
}
