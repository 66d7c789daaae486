import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { LANGUAGES } from './i18n.ts'
import { loadAppTexts } from './texts.ts'
import { askedAs, modulesWithTextFiles, placeholdersOf, sourceFiles, textsOf, type Use, usesIn } from './texts-check.ts'

const SERVER = path.resolve(import.meta.dirname, '../../server')
const modules = modulesWithTextFiles()
const files = sourceFiles()
/** What they share speaks with the words of whichever page it stands in: each needs them. */
const PLAIN_PAGES = ['sign-in', 'portal']
const uses = files.flatMap((file) =>
  (file.folder === 'plain' ? PLAIN_PAGES : [file.folder]).flatMap((folder) => usesIn({ ...file, folder }, modules)),
)
/** A text that holds another one asks for it: `$t(accounts:asleep.{{reason}})`. */
const usesInTexts: Use[] = modules.flatMap((owner) =>
  [...textsOf(owner, 'en').values()].flatMap((text) =>
    [...text.matchAll(/\$t\(([a-z-]+):([\w.-]+)(\{\{)?/g)].map(([, module = owner, key = '', rest]) => ({
      file: `texts of ${owner}`,
      module,
      key,
      isPrefix: rest !== undefined,
    })),
  ),
)
/** Asked for by the code that the server answered with. */
const isAskedByCode = (key: string) => key.startsWith('errors.')
const otherLanguages = LANGUAGES.filter((language) => language !== 'en')

describe.each(modules)('texts of %s', (module) => {
  const english = textsOf(module, 'en')

  test.each(otherLanguages)('%s has the keys of en', (language) => {
    expect([...textsOf(module, language).keys()].sort()).toEqual([...english.keys()].sort())
  })

  test.each(otherLanguages)('%s fills in the same things as en', (language) => {
    const filled = (texts: Map<string, string>) =>
      Object.fromEntries([...texts].map(([key, text]) => [key, placeholdersOf(text)]))
    expect(filled(textsOf(module, language))).toEqual(filled(english))
  })

  test.each(LANGUAGES)('%s says something everywhere, without raising its voice', (language) => {
    const wrong = [...textsOf(module, language)].filter(([, text]) => text.trim() === '' || /!(?![=\w])/.test(text))
    expect(wrong).toEqual([])
  })

  test('each text that is asked for exists', () => {
    const known = new Set([...english.keys()].map(askedAs))
    const exists = ({ key, isPrefix }: Use) =>
      isPrefix ? [...known].some((each) => each.startsWith(key)) : known.has(key)
    const missing = uses.filter((use) => use.module === module && !exists(use))
    expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([])
  })

  test('each text that exists is asked for', () => {
    const asked = [...uses, ...usesInTexts].filter((use) => use.module === module)
    const isAsked = (key: string) => asked.some((use) => (use.isPrefix ? key.startsWith(use.key) : use.key === key))
    const unused = [...english.keys()].filter((key) => !isAskedByCode(key) && !isAsked(askedAs(key)))
    expect(unused).toEqual([])
  })
})

test.each(LANGUAGES)('texts of %s come under the names of their modules', async (language) => {
  const loaded = Object.keys(await loadAppTexts(language))
  expect(loaded.filter((name) => !modules.includes(name))).toEqual([])
  expect(loaded).toContain('platform')
})

test('a folder speaks with its own texts', () => {
  const foreign = files.flatMap(({ name, folder, code }) =>
    [...code.matchAll(/useTexts\('([\w-]+)'\)/g)]
      .filter(([, asked]) => asked !== folder)
      .map(([call]) => `${name}: ${call}`),
  )
  expect(foreign).toEqual([])
})

test('a refusal of the server has a text of its own, or is about something unknown', () => {
  const said = new Set(
    modules
      .flatMap((module) => [...textsOf(module, 'en').keys()])
      .filter(isAskedByCode)
      .map((key) => key.slice('errors.'.length)),
  )
  const thrown = /new (?:NotFound|Forbidden|Invalid|Conflict|Upstream|Unauthenticated|TooMany)\(\s*'([a-z-]+)'/g
  const codes = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) =>
      [...readFileSync(path.join(SERVER, name), 'utf8').matchAll(thrown)].map(([, code]) => code ?? ''),
    )
  const silent = [...new Set(codes)].filter((code) => !said.has(code) && !code.endsWith('-unknown'))
  expect(silent.sort()).toEqual([])
})

test('finding uses: nested calls, ternaries, templates, other modules, rail labels', () => {
  const code = `t('a.b', { x: f('no') }); t(open ? 'c' : 'd'); t(\`e.\${kind}\`); t('ui:f'); const r = { label: 'ui:g' }`
  const found = usesIn({ name: 'inbox/x.tsx', folder: 'inbox', code }, ['ui', 'inbox'])
  expect(found.map(({ module, key, isPrefix }) => `${module}:${key}${isPrefix ? '*' : ''}`)).toEqual([
    'inbox:a.b',
    'inbox:c',
    'inbox:d',
    'inbox:e.*',
    'ui:f',
    'ui:f',
    'ui:g',
  ])
})
