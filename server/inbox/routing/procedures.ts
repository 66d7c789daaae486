import { routing as contract } from '../../../contract/inbox-routing.ts'
import { describeError, type TextLanguage } from '../../matching/index.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import type { Rule } from '../../routing/index.ts'
import { requireConversation } from '../conversation.ts'
import type { RuleReach } from './deeds.ts'
import { dryRunStep } from './dry-run.ts'
import { runsOfConversation, runsOfRule } from './runs.ts'
import { currentRules, listVersions, problemsOf, readVersion, saveRules } from './versions.ts'

const { get, save, check, versions, version, returnTo, dryRun, runs, runsOf } =
  implementer<WorkspaceContext>()(contract)

const NEVER_SAVED = { note: '', returnedTo: null, madeAt: null, madeBy: null }

export const routingProcedures = (reach: RuleReach) => ({
  get: get.handler(async ({ context: { tx } }) => {
    const current = await currentRules(tx)
    const [made] = (await listVersions(tx)).filter((one) => one.version === current.version)
    const webhooks = [...(await reach.webhooks(tx))].map(([webhookId, name]) => ({ webhookId, name }))
    return { ...NEVER_SAVED, ...made, ...current, webhooks }
  }),
  save: save.handler(async ({ input, context: { tx, services } }) => ({
    version: await saveRules(tx, { ...input, rules: input.rules, now: services.clock.now() }, reach),
  })),
  check: check.handler(async ({ input: { rules, textLanguage }, context: { tx } }) => ({
    problems: (await problemsOf(tx, rules, reach)).map(({ errors = [], ...problem }) => ({
      ...problem,
      faults: errors.map((error) => fault(error, textLanguage)),
    })),
  })),
  versions: versions.handler(async ({ context: { tx } }) => ({ items: await listVersions(tx) })),
  version: version.handler(async ({ input, context: { tx } }) => ({
    version: input.version,
    rules: await readVersion(tx, input.version),
  })),
  returnTo: returnTo.handler(async ({ input: { version, againstVersion, note }, context: { tx, services } }) => {
    const rules: Rule[] = await readVersion(tx, version)
    const now = services.clock.now()
    return { version: await saveRules(tx, { againstVersion, rules, note, returnedTo: version, now }, reach) }
  }),
  dryRun: dryRun.handler(({ input, context: { tx, services } }) => dryRunStep(tx, input, services.clock.now())),
  runs: runs.handler(async ({ input, context: { tx, me } }) => {
    await requireConversation(tx, input.conversationId)
    return { items: await runsOfConversation(tx, input.conversationId, mayReadPeople(me)) }
  }),
  runsOf: runsOf.handler(async ({ input, context: { tx, me } }) => ({
    items: await runsOfRule(tx, input.ruleId, mayReadPeople(me)),
  })),
})

const mayReadPeople = ({ permissions }: WorkspaceContext['me']): boolean => permissions.has('people.read')

function fault(error: Parameters<typeof describeError>[0], language: TextLanguage) {
  return { code: error.code, message: describeError(error, language), start: error.from, end: error.to }
}
