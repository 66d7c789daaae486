/** The places that one goes to rarely (settings, activity, health, API), and what else no first screen shows. */
export default import.meta.glob<Record<string, unknown>>(
  ['../{accounts,privacy,health,api}/texts/en.json', '../*/later-texts/{en,*.en}.json'],
  { eager: true, import: 'default' },
)
