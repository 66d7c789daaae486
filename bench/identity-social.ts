import { Chance } from './alarm-streams.ts'
import { below, happens, shuffle, zipf } from './identity-draws.ts'
import { accountsOf, numberOf } from './identity-social-accounts.ts'
import { contactsOf } from './identity-social-contacts.ts'
import { Handles } from './identity-social-handles.ts'
import { impersonatorOf } from './identity-social-impersonators.ts'
import { organisationAccounts } from './identity-social-organisations.ts'
import { organisationsOf, type Person, peopleOf, picture } from './identity-social-people.ts'
import { fillProfiles } from './identity-social-profiles.ts'
import type { SocialRecord } from './identity-social-record.ts'

/**
 * The generated social set: people with accounts on eight networks, organisations, impersonators, and the contacts of a CRM. It was
 * written before the scorer that it measures and is not tuned to it; assumptions and rates stand in docs/identity-social-set.md.
 * The same seed gives the same records, in the same order, which says nothing about who belongs to whom.
 */
export interface SocialPlan {
  seed: number
  persons: number
  contacts: number
  organisations: number
  /** Of all accounts. */
  impersonatorShare: number
}

export const SOCIAL_PLAN: SocialPlan = {
  seed: 20_261,
  persons: 200_000,
  contacts: 50_000,
  organisations: 3_000,
  impersonatorShare: 0.03,
}

const MEMES = 400
/** Whom impersonators choose; the others choose an organisation. */
const FAMOUS_MODEL_SHARE = 0.6

/** A smaller set with everything in proportion. */
export const socialPlan = (persons: number, seed = SOCIAL_PLAN.seed): SocialPlan => ({
  ...SOCIAL_PLAN,
  seed,
  persons,
  contacts: Math.round(persons / 4),
  organisations: Math.max(20, Math.round(persons * 0.015)),
})

export function socialSet(plan: SocialPlan = SOCIAL_PLAN): SocialRecord[] {
  const chance = new Chance(plan.seed)
  const handles = new Handles()
  const organisations = organisationsOf(chance, plan.organisations, plan.persons)
  const people = peopleOf(chance, plan.persons, organisations)
  const crowd = { handles, memes: Array.from({ length: MEMES }, () => picture(chance)), number: numberOf }
  const brands = organisations.map((organisation) => organisationAccounts(chance, organisation, handles))
  const accounts = people.map((person) => accountsOf(chance, person, crowd))
  const popular = [...brands.flat(), ...accounts.flat().filter(({ followers }) => (followers ?? 0) > 100_000)]
  const links = popular.map(({ site, url }) => site ?? url).filter((link) => link !== null)
  const households = Map.groupBy(people, ({ household }) => household)
  people.forEach((person, at) => {
    const others = person.household < 0 ? [] : (households.get(person.household) ?? [])
    const household = others.flatMap(({ index }) => accounts[index] ?? [])
    fillProfiles(chance, person, accounts[at] ?? [], { organisations, popular: links, household })
  })
  const genuine = [...accounts.flat(), ...brands.flat()]
  const records = [
    ...genuine,
    ...impersonators(chance, plan, people, accounts, brands, handles),
    ...contactsOf(chance, people, organisations, plan.contacts),
  ]
  shuffle(chance, records)
  for (const [index, record] of records.entries()) record.index = index
  return records
}

/** Each one is somebody of its own, even where one gang runs several: nothing in the records could tell. */
function impersonators(
  chance: Chance,
  plan: SocialPlan,
  people: readonly Person[],
  accounts: readonly SocialRecord[][],
  brands: readonly SocialRecord[][],
  handles: Handles,
): SocialRecord[] {
  const genuine = accounts.reduce((sum, own) => sum + own.length, 0) + brands.reduce((sum, own) => sum + own.length, 0)
  const wanted = Math.round((genuine * plan.impersonatorShare) / (1 - plan.impersonatorShare))
  const famous = people.filter((person) => person.famous).map(({ index }) => accounts[index] ?? [])
  const rankOf = { famous: zipf(Math.max(1, famous.length), 0.4), brands: zipf(Math.max(1, brands.length), 0.6) }
  const made: SocialRecord[] = []
  while (made.length < wanted) {
    const chooses = happens(chance, FAMOUS_MODEL_SHARE) && famous.length > 0
    const models = chooses ? famous[rankOf.famous(chance)] : brands[rankOf.brands(chance)]
    const model = models?.[below(chance, models.length)]
    if (!model || (model.name === null && happens(chance, 0.9))) continue
    made.push(impersonatorOf(chance, model, plan.persons + plan.organisations + made.length, handles))
  }
  return made
}
