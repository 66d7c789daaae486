/** The places that one goes to rarely (settings, activity, health, API), and what else no first screen shows. */
export default import.meta.glob<Record<string, unknown>>(
  ['../{accounts,privacy,health,api}/texts/nl.json', '../*/later-texts/{nl,*.nl}.json'],
  { eager: true, import: 'default' },
)
