import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate } from './index.ts'
import { LANGUAGES, post, query } from './testing.ts'
import { fillTemplate, type TemplateInput } from './topic-template.ts'

const input = (change: Partial<TemplateInput>): TemplateInput => ({
  template: 'brand',
  name: '',
  variants: [],
  hashtags: [],
  handles: [],
  domains: [],
  context: [],
  exclusions: [],
  languages: LANGUAGES,
  ...change,
})
const filled = (change: Partial<TemplateInput>): string => {
  const result = fillTemplate(input(change))
  if (!result.ok) throw new Error(result.missing)
  return result.query
}
const hears = (text: string, said: string, links: string[] = []): boolean =>
  evaluate(query(text), post(said, { links })) !== null

describe('a template', () => {
  test('for a brand binds its names to their context, and nothing that is clear by itself', () => {
    const text = filled({
      name: 'Nordlicht',
      variants: ['Nordlicht Telekom'],
      hashtags: ['teamnordlicht'],
      handles: ['@nordlicht'],
      domains: ['https://www.nordlicht.example/'],
      context: ['Tarif', 'Internet'],
      exclusions: ['Norwegen', 'aurora borealis'],
    })
    expect(text).toBe(
      '((Nordlicht OR "Nordlicht Telekom") NEAR/10 (Tarif OR Internet) OR #teamnordlicht OR @nordlicht OR url:nordlicht.example) NOT (Norwegen OR "aurora borealis")',
    )
    expect(hears(text, 'Mein Tarif bei Nordlicht ist teuer')).toBe(true)
    expect(hears(text, 'Nordlicht gesehen')).toBe(false)
    expect(hears(text, '@nordlicht hallo')).toBe(true)
    expect(hears(text, 'Schaut mal', ['https://nordlicht.example/tarife'])).toBe(true)
    expect(hears(text, '@nordlicht in Norwegen')).toBe(false)
  })

  test('for a brand without handles guesses them from its name', () => {
    expect(filled({ name: 'Nordlicht' })).toBe('Nordlicht OR @nordlicht*')
    expect(filled({ name: 'Nordlicht', exclusions: ['Polar'] })).toBe('(Nordlicht OR @nordlicht*) NOT Polar')
  })

  test('for a category asks for words in their forms', () => {
    const text = filled({
      template: 'category',
      variants: ['Regenjacke', 'waterproof jacket'],
      exclusions: ['Werbung'],
    })
    expect(text).toBe('(Regenjacke OR "waterproof jacket") NOT Werbung')
    expect(hears(text, 'Zwei Regenjacken gekauft')).toBe(true)
  })

  test('for a campaign asks for its slogan, tags and pages', () => {
    expect(
      filled({
        template: 'campaign',
        name: 'Klare Kante',
        hashtags: ['#klarekante26'],
        domains: ['kante.example/aktion'],
      }),
    ).toBe('"Klare Kante" OR #klarekante OR #klarekante26 OR url:kante.example/aktion')
  })

  test.each([
    ['de', 'Nordlicht: Datenleck bei Kunden'],
    ['nl', 'Alweer een storing bij Nordlicht'],
    ['en', 'Nordlicht faces a lawsuit'],
  ])('for a crisis has the words of %s', (language, said) => {
    const text = filled({
      template: 'crisis',
      name: 'Nordlicht',
      domains: ['nordlicht.example'],
      languages: [language],
    })
    expect(evaluate(query(text, [language]), post(said, { language }))).not.toBe(null)
    expect(evaluate(query(text, [language]), post('Nordlicht ist toll', { language }))).toBe(null)
  })

  test('asks for what is missing', () => {
    expect(fillTemplate(input({ name: ' ?! ' }))).toEqual({ ok: false, missing: 'name' })
    expect(fillTemplate(input({ template: 'category' }))).toEqual({ ok: false, missing: 'words' })
    const many = Array.from({ length: 60 }, (_, at) => `${'w'.repeat(180)} ${'x'.repeat(15)}${at}`)
    expect(fillTemplate(input({ name: 'Nordlicht', exclusions: many, variants: many, domains: many }))).toMatchObject({
      missing: 'too-large',
    })
  })

  test('can always be read, whatever is typed into it', () => {
    const typed = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc
        .array(
          fc.constantFrom(
            'Nord',
            'AND',
            '"',
            '(',
            ')',
            '*',
            '#',
            '@',
            ':',
            'lang:',
            '-',
            '{',
            ' ',
            'ß',
            'http://',
            'NEAR/3',
          ),
          { maxLength: 6 },
        )
        .map((parts) => parts.join('')),
    )
    const several = fc.array(typed, { maxLength: 4 })
    fc.assert(
      fc.property(
        fc.record({
          template: fc.constantFrom('brand', 'competitor', 'category', 'campaign', 'crisis'),
          name: typed,
          variants: several,
          hashtags: several,
          handles: several,
          domains: several,
          context: several,
          exclusions: several,
        }),
        (given) => {
          const result = fillTemplate(input(given))
          if (result.ok) query(result.query)
          else expect(result.missing).not.toBe('too-large')
        },
      ),
      { numRuns: 500 },
    )
  })
})
