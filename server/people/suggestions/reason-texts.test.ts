import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { REASON_CODES } from '../../linkage/index.ts'
import { IDENTITY_SCHEMA } from './fields.ts'

const WEB = path.resolve(import.meta.dirname, '../../../web/people/later-texts')
const topics = IDENTITY_SCHEMA.units.map(({ topic }) => topic as string)

it.each(['en', 'de', 'nl'])('every reason that a comparison of identities can give is said in %s', (language) => {
  const texts = JSON.parse(readFileSync(path.join(WEB, `suggestions.${language}.json`), 'utf8')) as {
    suggestions: { reasons: Record<string, Record<string, string>> }
  }
  const codes = [...REASON_CODES, 'rule.refused-before', 'rule.others-fit'].filter((code) => {
    const [topic = ''] = code.split('.')
    return topic === 'rule' || topics.includes(topic)
  })
  expect(codes.length).toBeGreaterThan(50)
  const silent = codes.filter((code) => {
    const [topic = '', level = ''] = code.split('.')
    return !texts.suggestions.reasons[topic]?.[level]
  })
  expect(silent).toEqual([])
})
