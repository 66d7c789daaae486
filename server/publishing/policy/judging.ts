/**
 * The one way from a text to its verdict, for everything that is said: what holds at this place, what is known of whom it
 * answers, and the checks of server/policy over it.
 */
import { createHash } from 'node:crypto'
import type { PolicyJudgement } from '../../../contract/publishing-policy.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { draftOf, type Judgement, type Policy, type PolicyConfiguration, preparePolicy } from '../../policy/index.ts'
import { loadLanguageRecogniser } from '../../text/index.ts'
import { brandAt, configurationAt } from './document.ts'
import { type Facts, factsOf } from './facts.ts'
import { type Saying, saidHash } from './saying.ts'
import { currentPolicy, type PolicyVersion } from './versions.ts'

/** Prepared policies kept: a workspace has a handful of places. */
const PREPARED_MAX = 200

let recogniser: Promise<(text: string) => string | null> | undefined
/** The language models are read once, when the first text is judged. */
export const recognise = (): Promise<(text: string) => string | null> => {
  recogniser ??= loadLanguageRecogniser()
  return recogniser
}

const prepared = new Map<string, Policy>()

/** Queries and lists are made ready once for all texts of a place; what was not used for longest goes. */
export async function policyFor(
  { version, document, measured }: Pick<PolicyVersion, 'version' | 'document' | 'measured'>,
  sourceId: string,
  facts: Pick<Facts, 'topicIds' | 'brand' | 'handles' | 'otherBrands' | 'colleagues'> & Partial<Pick<Facts, 'mails'>>,
): Promise<{ policy: Policy; configuration: PolicyConfiguration }> {
  const place = { sourceId, topicIds: facts.topicIds }
  const configuration = configurationAt(document, version, place, measured)
  const brand = brandAt(document, place, facts)
  const key = createHash('sha256')
    .update(JSON.stringify([configuration, brand]))
    .digest('base64')
  const policy = prepared.get(key) ?? preparePolicy({ brand, configuration, recognise: await recognise() })
  prepared.delete(key)
  prepared.set(key, policy)
  if (prepared.size > PREPARED_MAX) for (const oldest of prepared.keys()) if (prepared.delete(oldest)) break
  return { policy, configuration }
}

export interface Judged {
  judgement: Judgement
  policyVersion: number
  saidHash: string
  /** What a member repeats to say: I saw these findings. */
  confirm: string
}

export async function judge(services: Services, tx: WorkspaceTransaction, saying: Saying): Promise<Judged> {
  const current = await currentPolicy(tx)
  const facts = await factsOf(tx, saying, current.document)
  const { policy } = await policyFor(current, saying.sourceId, facts)
  const judgement = policy.judge(
    draftOf(saying.text, {
      kind: saying.kind,
      origin: saying.origin,
      title: saying.title ?? null,
      alternatives: saying.attachments.map(({ alt }) => alt),
      language: saying.language,
      topics: facts.topicIds,
      answered: facts.answered,
      customer: facts.customer,
      circumstances: {
        now: services.clock.now(),
        frozenBy: null,
        embargoUntil: null,
        author: { trained: true, maySpeak: true },
        fourEyes: saying.fourEyes ?? false,
      },
    }),
  )
  const hash = saidHash(saying)
  return { judgement, policyVersion: current.version, saidHash: hash, confirm: confirmationOf(hash, judgement) }
}

/** Of the text and what was found in it: a confirmation of other findings, or of another text, is none of this. */
const confirmationOf = (hash: string, { findings, version }: Judgement): string =>
  createHash('sha256')
    .update(JSON.stringify([hash, version, findings.map(({ check, code, action }) => [check, code, action])]))
    .digest('hex')

/** As screens and programs are told it. */
export const presentJudged = ({ judgement, policyVersion, confirm }: Judged): PolicyJudgement => ({
  verdict: judgement.verdict,
  findings: presentFindings(judgement),
  always: judgement.reasons.flatMap((reason) => (reason.because === 'always' ? [reason.of] : [])),
  version: policyVersion,
  confirm,
})

export const presentFindings = ({ findings }: Pick<Judgement, 'findings'>): PolicyJudgement['findings'] =>
  findings.map(({ check, code, risk, action, values, spans, instead }) => ({
    check,
    code,
    risk,
    action,
    values: { ...values },
    spans: spans.map((span) => ({ ...span })),
    instead,
  }))
