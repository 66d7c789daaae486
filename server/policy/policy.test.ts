import { describe, expect, test } from 'vitest'
import { POLICY_CHECKS } from '../../contract/policy-words.ts'
import { brandOf } from './brand.ts'
import { careDesk, faultsOf, type PolicyConfiguration, smallTeam } from './configuration.ts'
import { CHARACTERS_READ_MAX, type Draft, draftOf } from './draft.ts'
import { compare } from './dry-run.ts'
import { CHECK_IDS, INSTEADS } from './finding.ts'
import { mayRefuse, wrongStopsPer1000 } from './measurement.ts'
import { type Judgement, preparePolicy } from './policy.ts'
import { customer, KLINKERLAUT, recognise } from './testing.ts'

const policyOf = (configuration: PolicyConfiguration, brand = KLINKERLAUT) =>
  preparePolicy({ brand, configuration, recognise })
const judge = (text: string, details: Partial<Draft> = {}, configuration = smallTeam('1')): Judgement =>
  policyOf(configuration).judge(draftOf(text, details))
const circumstances = draftOf('').circumstances

describe('the verdict', () => {
  test('a harmless text is sent, and says by which version', () => {
    expect(judge('Danke für die Nachricht, wir sehen nach.', { language: 'de' })).toEqual({
      verdict: 'send',
      reasons: [],
      findings: [],
      version: '1',
      language: 'de',
    })
  })

  test('the hardest finding decides and is named', () => {
    const { verdict, reasons, findings } = judge('Hallo [NAME], wir garantieren das, olaf@gmx.de', { language: 'de' })
    expect(verdict).toBe('refuse')
    expect(findings.map(({ check, action }) => [check, action])).toEqual([
      ['placeholder', 'refuse'],
      ['mail-address', 'confirm'],
      ['guarantee', 'inform'],
    ])
    expect(reasons).toEqual([{ because: 'finding', finding: 0 }])
  })

  test('a finding of less risk than the rule asks for only informs', () => {
    const { verdict, findings } = judge('Kommen Sie in die Weberstr. 4', { language: 'de' })
    expect([verdict, findings[0]?.action]).toEqual(['send', 'inform'])
  })

  test('a small team has no four eyes and no training gate', () => {
    const untrained = { circumstances: { ...circumstances, author: { trained: false, maySpeak: true } } }
    expect(judge('Danke!', { kind: 'post' }).verdict).toBe('send')
    expect(judge('Danke!', untrained).verdict).toBe('send')
    expect(judge('Danke!', untrained, careDesk('1')).verdict).toBe('refuse')
  })

  test('at a care desk every post needs four eyes and every bot a look, whatever is found', () => {
    const { verdict, reasons } = judge('Danke!', { kind: 'post', origin: 'bot', language: 'de' }, careDesk('1'))
    expect([verdict, reasons]).toEqual(['four-eyes', [{ because: 'always', of: 'post' }]])
    expect(judge('Der Chatbot dankt!', { origin: 'bot', language: 'de' }, careDesk('1')).verdict).toBe('confirm')
  })

  test('who may not speak, an embargo and a crisis stop what they concern', () => {
    const now = new Date('2026-05-01T12:00:00Z')
    const at = (details: Partial<Draft['circumstances']>) => ({ circumstances: { ...circumstances, now, ...details } })
    expect(judge('Danke!', at({ author: { trained: true, maySpeak: false } })).findings[0]).toMatchObject({
      check: 'author',
      code: 'may-not-speak',
    })
    expect(judge('Danke!', at({ embargoUntil: new Date('2026-05-01T12:00:01Z') })).verdict).toBe('refuse')
    expect(judge('Danke!', at({ embargoUntil: now })).verdict).toBe('send')
    expect(judge('Danke!', { kind: 'post', ...at({ frozenBy: 'Rückruf' }) }).verdict).toBe('refuse')
    expect(judge('Danke!', { origin: 'macro', ...at({ frozenBy: 'Rückruf' }) }).verdict).toBe('refuse')
    expect(judge('Danke!', at({ frozenBy: 'Rückruf' })).findings).toMatchObject([
      { code: 'reply', action: 'inform', values: { crisis: 'Rückruf' } },
    ])
  })

  test('what is too long to be read is not waved through', () => {
    const { verdict, findings } = judge(`${'x '.repeat(CHARACTERS_READ_MAX / 2)} olaf@gmx.de`)
    expect([verdict, findings[0]?.code]).toEqual(['confirm', 'too-long'])
  })

  test('exceptions of a check take away their words and no others', () => {
    const configuration = { ...smallTeam('1'), exceptions: [{ check: 'mail-address' as const, words: 'OLAF@gmx.de' }] }
    expect(judge('olaf@gmx.de', {}, configuration).findings).toEqual([])
    expect(judge('olaf@gmx.de gerd@gmx.de', {}, configuration).findings[0]?.spans).toEqual([
      { part: 'text', index: 0, from: 12, to: 23 },
    ])
  })

  test('a check that is off, or not for this kind, is not run', () => {
    const off = {
      ...smallTeam('1'),
      checks: { ...smallTeam('1').checks, iban: { action: 'off', from: 'low', kinds: ['reply'] } as const },
    }
    const iban = 'DE89 3704 0044 0532 0130 00'
    expect(judge(iban).verdict).toBe('refuse')
    expect(judge(iban, {}, off).findings).toEqual([])
    expect(judge(iban, { kind: 'private' }).findings).toEqual([])
  })

  test('spans lead to the title, the text of a picture and a link', () => {
    const { findings } = judge('x', {
      title: 'an olaf@gmx.de',
      alternatives: ['', 'a olaf@gmx.de'],
      links: ['mailto:olaf@gmx.de'],
    })
    expect(findings.find(({ check }) => check === 'mail-address')?.spans).toEqual([
      { part: 'title', index: 0, from: 3, to: 14 },
      { part: 'alternative', index: 1, from: 2, to: 13 },
      { part: 'link', index: 0, from: 7, to: 18 },
    ])
  })
})

describe('a configuration', () => {
  test('both that come with the product may refuse where they do', () => {
    expect(faultsOf(smallTeam('1'))).toEqual([])
    expect(faultsOf(careDesk('1'))).toEqual([])
  })

  test('a check with many or unmeasured false alarms may not refuse, unless the workspace measured it', () => {
    const { checks } = smallTeam('1')
    const refusing = {
      ...smallTeam('1'),
      checks: {
        ...checks,
        claim: { ...checks.claim, action: 'refuse' as const },
        refund: { ...checks.refund, action: 'refuse' as const },
      },
    }
    expect(faultsOf(refusing)).toEqual([
      { code: 'may-not-refuse', check: 'claim' },
      { code: 'may-not-refuse', check: 'refund' },
    ])
    const measured = {
      claim: { answers: 5_000, alarms: 4, judged: 4, wrong: 0 },
      refund: { answers: 300, alarms: 4, judged: 4, wrong: 0 },
    }
    expect(faultsOf({ ...refusing, measured })).toEqual([{ code: 'may-not-refuse', check: 'refund' }])
    expect(mayRefuse('embargo', 'low')).toBe(true)
  })

  test('alarms that nobody judged count as wrong, and a sample stands for all', () => {
    expect(wrongStopsPer1000({ answers: 1_000, alarms: 5, judged: 0, wrong: 0 }).value).toBe(1_000)
    expect(wrongStopsPer1000({ answers: 1_000, alarms: 100, judged: 50, wrong: 5 }).value).toBeCloseTo(10)
    expect(wrongStopsPer1000({ answers: 10_000, alarms: 100, judged: 50, wrong: 0 }).high).toBeGreaterThan(0.5)
  })

  test('faults name what is unknown', () => {
    const broken = { ...smallTeam('1'), checks: { ...smallTeam('1').checks, tone: smallTeam('1').checks.iban } }
    expect(faultsOf(broken)).toEqual([{ code: 'unknown-check', check: 'tone' }])
  })

  test('rules of a brand that cannot be read are named, and the others hold', () => {
    const rules = [
      { id: 'open', query: '"das', topics: [], risk: 'low' as const },
      { id: 'good', query: 'billig', topics: [], risk: 'high' as const },
    ]
    const policy = policyOf(smallTeam('1'), brandOf('x', { claims: rules, numberPatterns: ['##'] }))
    expect(policy.faults.map(({ rule, code }) => [rule, code])).toEqual([
      ['##', 'number-pattern'],
      ['open', 'query'],
    ])
    expect(policy.judge(draftOf('Das ist billig')).findings[0]?.values).toEqual({ rule: 'good' })
  })
})

describe('a dry run', () => {
  test('says which past answers would have been judged otherwise, and by which checks', () => {
    const answers = ['Danke!', 'Wir erstatten Ihnen den Betrag.', 'DE89 3704 0044 0532 0130 00'].map((text) =>
      draftOf(text, { language: 'de' }),
    )
    const run = compare(answers, policyOf(smallTeam('1')), policyOf(careDesk('2')))
    expect(run).toMatchObject({
      answers: 3,
      stricter: 1,
      looser: 0,
      before: { send: 2, confirm: 0, 'four-eyes': 0, refuse: 1 },
      after: { send: 1, confirm: 0, 'four-eyes': 1, refuse: 1 },
      changes: [{ answer: 1, before: 'send', after: 'four-eyes', checks: ['refund'] }],
    })
    expect(compare(answers, policyOf(careDesk('2')), policyOf(careDesk('3'))).changes).toEqual([])
  })
})

describe('codes', () => {
  test('every finding of a text full of faults has a code and an instead that are listed', () => {
    const text =
      '@olaf Hallo Olaf, {{x}} deine Ihnen 0151 12345678 olaf@gmx.de Unter uns gesagt: Wir garantieren alles! https://bit.ly/x Jetzt kaufen!!! Idiot'
    const { findings } = judge(text, { language: 'de', customer: customer() }, careDesk('1'))
    expect(findings.length).toBeGreaterThan(8)
    for (const { check, code, instead } of findings) {
      expect(CHECK_IDS).toContain(check)
      expect(POLICY_CHECKS[check]).toContain(code)
      expect(INSTEADS).toContain(instead)
    }
  })
})
