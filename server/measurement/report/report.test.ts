import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM_FLAGS, findChromium } from '../../../scripts/chromium.mjs'
import { runAudit } from '../audit.ts'
import type { AuditReport } from '../figures.ts'
import { brand, request, sourceOf, type Told } from '../testing/told.ts'
import { REPORT_LANGUAGES } from './formats.ts'
import { html } from './markup.ts'
import { findingSentences, reportPage } from './page.ts'

const HOSTILE = [
  '<script>window.harmed = 1</script>',
  '"><img src=x onerror="window.harmed = 1">',
  `' onmouseover='window.harmed=1' x='`,
  '</style></svg><svg onload=window.harmed=1>',
  '{{constructor.constructor("window.harmed=1")()}}',
  `$\{window.harmed=1}`,
  '\u202egnirts\u0000\u0007 &lt;b&gt;',
]

const at = (date: number, hour: number) =>
  `2026-01-${String(date).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`

/** Ten days of talk about two brands with answers, a wave, a storm, and hostile words in every place that a file has. */
function talk(): Told[] {
  const told: Told[] = []
  for (let index = 0; index < 400; index++) {
    const evil = HOSTILE[index % HOSTILE.length] ?? ''
    const text = index % 3 === 0 ? `@nordair where is my luggage? ${evil} ${index}` : `@sudair nice seat ${index}`
    told.push({
      by: index % 50 === 0 ? evil : `user${index % 90}`,
      name: evil,
      text,
      at: at(1 + (index % 10), index % 24),
      url: index % 2 ? 'javascript:alert(1)' : 'https://example.org/?a="b"',
      followers: index,
    })
  }
  for (let index = 0; index < 60; index++)
    told.push({ by: `s${index}`, text: `@nordair strike again ${index}`, at: at(4, index % 24) })
  for (let index = 0; index < 12; index++)
    told.push({ by: `w${index}`, text: '@nordair please <b>sign</b> our petition for more room', at: at(5, index) })
  for (let index = 0; index < 120; index += 3)
    told.push({ by: 'nordair', text: 'we look into it', at: at(10, 23), answers: index + 1 })
  return told
}

let report: AuditReport
let browser: Browser | null = null
const executable = findChromium()

beforeAll(async () => {
  report = await runAudit(sourceOf(talk()), {
    ...request(brand('Nordair'), brand('Sudair'), brand('<b>Third</b>', [], 'strike')),
    facts: {
      kind: 'file',
      name: `${HOSTILE[1]}.csv`,
      mapping: { [HOSTILE[0] ?? '']: 'text', sender: 'authorHandle', day: 'publishedAt' },
      notes: [],
    },
  })
  if (executable) browser = await chromium.launch({ executablePath: executable, args: CHROMIUM_FLAGS, timeout: 60_000 })
})
afterAll(async () => browser?.close())

describe('markup', () => {
  test('what is put in is text, in content and in attributes', () => {
    expect(html`<p title="${`"<&'`}">${'<b>'}${html`<i>${1}</i>`}${null}${['a', '&']}</p>`.text).toBe(
      '<p title="&quot;&lt;&amp;&#39;">&lt;b&gt;<i>1</i>a&amp;</p>',
    )
  })

  test('controls and marks that turn the direction of writing are left out', () => {
    expect(html`${'a\u202eb\u0000c\td\ne'}`.text).toBe('abc\td\ne')
  })
})

describe.each(REPORT_LANGUAGES)('the report in %s', (language) => {
  test('says five to eight things at its beginning, all different, without a hole', () => {
    const said = findingSentences(report, language)
    expect(said.length).toBeGreaterThanOrEqual(5)
    expect(said.length).toBeLessThanOrEqual(8)
    expect(new Set(said).size).toBe(said.length)
    for (const sentence of said) expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\{\{/)
  })

  test('names what a column was used for in its own words', () => {
    const said = {
      en: 'Text, sender → Handle, day → Published',
      de: 'Text, sender → Handle, day → Veröffentlicht',
      nl: 'Tekst, sender → Handle, day → Gepubliceerd',
    }[language]
    expect(reportPage(report, language)).toContain(` → ${said}.`)
  })

  test('is one file: no script, nothing from outside, no dangerous address', () => {
    const page = reportPage(report, language)
    const outside = /<script|<img|<link|<iframe|url\(\s*['"]?https?:|@import/i.exec(page)?.[0]
    const hole = /undefined|NaN|\[object/.exec(page)?.[0]
    const address = /(href|src)="(?!https?:|#|data:text\/csv)[^"]*/i.exec(page)?.[0]
    expect({ outside, hole, address }).toEqual({ outside: undefined, hole: undefined, address: undefined })
  })

  test.skipIf(!executable)(
    'runs nothing, asks for nothing, and axe finds nothing, light and dark, wide and narrow',
    async () => {
      for (const [colorScheme, width] of [
        ['light', 1100],
        ['dark', 360],
      ] as const) {
        const context = await (browser as Browser).newContext({ colorScheme, viewport: { width, height: 900 } })
        const page = await context.newPage()
        const asked: string[] = []
        page.on('request', ({ url }) => asked.push(url.toString()))
        await page.setContent(reportPage(report, language))
        expect(await page.evaluate('window.harmed')).toBeUndefined()
        expect(asked.filter((address) => !address.startsWith('data:'))).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
        await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
        await context.close()
      }
    },
    120_000,
  )
})
