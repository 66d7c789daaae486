import { findWorkspaceId } from '../server/accounts/index.ts'
import type { HttpApp } from '../server/platform/module.ts'
import type { Services } from '../server/platform/services.ts'
import { addressOf } from './customer-work.ts'
import { workspaceSeeds } from './index.ts'
import { type Client, signedIn } from './load.ts'
import { type ProgrammeSeed, programmeSeeds, type StakeholderSeed } from './programme.ts'
import { members } from './team.ts'

const LANGUAGES = ['de', 'en', 'nl'] as const

/** Writes the programme of each workspace, as its lead would, and lets colleagues acknowledge and learn. */
export async function agreeOnProgrammes(services: Services, app: HttpApp): Promise<void> {
  for (const seed of programmeSeeds) {
    const name = workspaceSeeds.find(({ key }) => key === seed.workspace)?.name ?? ''
    const workspaceId = await findWorkspaceId(services, name)
    if (!workspaceId) continue
    const as = (colleague: string) => signedIn(services, app, addressOf(colleague), workspaceId)
    const lead = await as(seed.lead)
    await letEverybodyKnow(lead, as, seed)
    await plan(lead, seed)
    if (seed.walk) await walkThrough(lead, seed.walk)
  }
}

type As = (colleague: string) => Promise<Client>

async function letEverybodyKnow({ guidelines }: Client, as: As, seed: ProgrammeSeed): Promise<void> {
  const { texts: template } = await guidelines.documents.template({})
  const texts = Object.fromEntries(
    LANGUAGES.flatMap((language) => {
      const text = template[language]
      return text ? [[language, { ...text, text: filled(text.text, seed.blanks[language] ?? {}) }]] : []
    }),
  )
  const audience = { forSpeakers: true, roles: [], roleIds: [] }
  const { guidelineId } = await guidelines.documents.create({ texts, audience })
  const training = await guidelines.trainings.template({})
  const { trainingId } = await guidelines.trainings.create(training)
  for (const colleague of seed.acknowledgedBy) {
    const language = members.find(({ key }) => key === colleague)?.language ?? 'en'
    const client = await as(colleague)
    await client.guidelines.documents.acknowledge({ guidelineId, version: 1, language })
    if (!seed.trainedBy.includes(colleague)) continue
    const answers = Object.fromEntries(
      (training.texts[language]?.questions ?? []).map(({ key, options }) => [
        key,
        options.flatMap((option) => (option.right ? [option.key] : [])),
      ]),
    )
    await client.guidelines.trainings.take({ trainingId, version: 1, language, answers })
  }
}

/** What the template leaves open is filled in; `[Klammern]` and its like speak of the brackets themselves. */
export const filled = (text: string, blanks: Record<string, string>): string =>
  Object.entries(blanks).reduce((so, [blank, words]) => so.replaceAll(`[${blank}]`, words), text)

async function plan(client: Client, { goals, stakeholders }: ProgrammeSeed): Promise<void> {
  for (const goal of goals) await client.plan.goals.create(goal)
  const { items } = await client.accounts.members.list({})
  for (const { member, name = null, ...part } of stakeholders) {
    const memberId = items.find((each) => each.email === addressOf(member ?? ''))?.memberId ?? null
    await client.plan.stakeholders.create({ memberId, name: memberId ? null : name, ...part } satisfies WithMember)
  }
}
type WithMember = Omit<StakeholderSeed, 'member' | 'name'> & { memberId: string | null; name: string | null }

async function walkThrough({ plan: { scenarios, walks } }: Client, walk: NonNullable<ProgrammeSeed['walk']>) {
  const { items } = await scenarios.templates({ language: 'de' })
  const scenario = items.find(({ template }) => template === walk.template)
  if (!scenario) throw new Error(`no scenario is called ${walk.template}`)
  const { scenarioId } = await scenarios.create(scenario)
  const { walkId } = await walks.begin({ scenarioId })
  for (const { key } of scenario.steps) {
    const gap = walk.gaps[key]
    await walks.find({ walkId, key, found: gap ? 'gap' : 'ok', note: gap ?? '' })
  }
  await walks.end({ walkId, outcome: 'gaps', summary: walk.summary, openPoints: walk.openPoints })
}
