/** What the first screens need, as one file over the wire. */
export default import.meta.glob<Record<string, unknown>>(
  ['../*/texts/en.json', '!../{sign-in,portal,accounts,privacy,health,api}/**'],
  { eager: true, import: 'default' },
)
