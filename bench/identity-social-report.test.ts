import { expect, test } from 'vitest'
import { type SocialRecord, socialRecord } from './identity-social-record.ts'
import { socialFigures } from './identity-social-report.ts'

const record = (network: SocialRecord['network'], truth: number, impersonates: number | null = null) =>
  socialRecord({ network, networkId: '', truth, impersonates })

/** Two accounts and two contacts of one person, one account of another, and somebody who pretends to be the first. */
const records = [
  record('x', 1),
  record('bluesky', 1),
  record('crm', 1),
  record('crm', 1),
  record('x', 2),
  record('instagram', 3, 1),
].map((made, index) => ({ ...made, index }))

test('recall is told for each kind of pair at its own threshold, and over all at one', () => {
  const pairs = { a: [0, 0, 2, 1], b: [1, 2, 3, 5], weight: [9, 5, 7, 6] }
  const figures = socialFigures(records, pairs, [0, 1, 2, 3, 4, 5])
  expect(figures['social: recall at precision 99.5 %']).toBe(33.33)
  expect(figures['social: its threshold in bits']).toBe(7)
  expect(figures['social: account–account recall at precision 99.5 %']).toBe(100)
  expect(figures['social: account–CRM recall at precision 99.5 %']).toBe(25)
  expect(figures['social: CRM–CRM recall at precision 99.5 %']).toBe(100)
  const worthless = socialFigures(records, { a: [0], b: [5], weight: [3] }, [0, 1, 2, 3, 4, 5])
  expect(worthless['social: recall at precision 99.5 %']).toBe(0)
  expect(worthless).not.toHaveProperty('social: its threshold in bits')
})

test('an impersonator is taken in when its group holds its model, and joined when it holds anybody', () => {
  const none = { a: [], b: [], weight: [] }
  const deceived = socialFigures(records, none, [0, 0, 0, 0, 4, 0])
  expect(deceived['social: impersonators taken in']).toBe(1)
  expect(deceived['social: groups account–CRM recall %']).toBe(100)
  expect(deceived['social: groups account–account precision %']).toBe(33.33)
  const joined = socialFigures(records, none, [0, 0, 2, 2, 4, 4])
  expect(joined['social: impersonators taken in']).toBe(0)
  expect(joined['social: impersonators joined with anybody']).toBe(1)
})
