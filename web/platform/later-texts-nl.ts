/** The places that one goes to rarely: settings, activity, health, API. */
export default import.meta.glob<Record<string, unknown>>('../{accounts,privacy,health,api}/texts/nl.json', {
  eager: true,
  import: 'default',
})
