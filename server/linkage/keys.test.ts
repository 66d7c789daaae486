import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { declareSchema, KEYS_VERSION, keysOf } from './index.ts'

/** One of each kind of field that makes keys; nobody in it exists. */
const SCHEMA = declareSchema([
  { name: 'name', kind: 'full-name' },
  { name: 'handle', kind: 'handle' },
  { name: 'network', kind: 'network' },
  { name: 'bio', kind: 'bio' },
  { name: 'mail', kind: 'mail' },
  { name: 'phone', kind: 'phone' },
  { name: 'site', kind: 'site' },
  { name: 'provenId', kind: 'proven-id' },
  { name: 'birthDate', kind: 'birth-date' },
  { name: 'postcode', kind: 'postcode' },
  { name: 'city', kind: 'city' },
  { name: 'organisation', kind: 'organisation' },
])
const RECORDS = [
  { name: 'Dr. Jana Müsterwald-Öhm', handle: 'jana_muesterwald84', network: 'x', bio: 'https://musterwald.example' },
  { name: 'Björn Åsgård', handle: '@bjorn@social.example', network: 'mastodon', site: 'https://www.asgard.example/me' },
  {
    name: 'Sjoerd van der Wierde',
    mail: 'S.vanderWierde@mail.example',
    phone: '+31 20 555 0101',
    city: "'s-Hertogenbosch",
  },
  { name: 'Anneke', handle: 'thereal.anneke', network: 'instagram', birthDate: '1971-03-09', postcode: '13187' },
  { name: 'museum_am_hafenrand', handle: 'museum_am_hafen', network: 'x' },
  { organisation: 'Nordwind Kaffee GmbH', provenId: 'shop:0042', city: 'München' },
]
/** What KEYS_VERSION stands for. */
const DIGESTS: Record<number, string> = { 1: '2803914c76df0d23' }

it('makes the same keys as ever, or says that it does not by another version', () => {
  const keys = RECORDS.map((record) => keysOf(SCHEMA, record))
  for (const some of keys) expect(some.length).toBeGreaterThan(0)
  expect(createHash('sha256').update(JSON.stringify(keys)).digest('hex').slice(0, 16)).toBe(DIGESTS[KEYS_VERSION])
})
