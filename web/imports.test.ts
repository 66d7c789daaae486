import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const WEB = import.meta.dirname
/** What a folder may import; a module also its own. The contract's types and word lists are for everyone. */
const BELOW: Record<string, string[]> = {
  platform: [],
  ui: ['platform'],
  shell: ['platform', 'ui'],
  plain: ['platform', 'ui'],
  'sign-in': ['platform', 'plain'],
  portal: ['platform', 'plain'],
}
const WORD_LISTS = [
  'contract/close-reasons.ts',
  'contract/macro-placeholders.ts',
  'contract/moderation-words.ts',
  '/listening-facts.ts',
  'contract/permissions.ts',
  'contract/clock-words.ts',
  'contract/routing-words.ts',
  'contract/response-words.ts',
  'contract/policy-words.ts',
  'contract/webhook-events.ts',
  'contract/file-problems.ts',
  'contract/contact-export.ts',
  'contract/contact-fields.ts',
  'contract/contact-problems.ts',
  'contract/file-fields.ts',
  'contract/import-limits.ts',
  'contract/column-limits.ts',
]
const SCREENS_MAY = ['platform', 'ui', 'shell']
/**
 * In the order of server/modules.ts, but that listening draws posts and their authors, which people shows, and that the page
 * of a person says what privacy knows of their consent.
 */
const MODULES_ABOVE: Record<string, string[]> = {
  people: ['listening', 'privacy'],
  guidelines: ['accounts'],
  plan: ['guidelines'],
  publishing: ['listening', 'people'],
  inbox: ['listening', 'people', 'publishing'],
  columns: ['listening', 'people', 'publishing', 'inbox'],
  measurement: ['listening'],
  proofs: ['people'],
}

const files = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
  .map((name) => ({ name, code: readFileSync(path.join(WEB, name), 'utf8') }))
const importsOf = (code: string) =>
  [...code.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([statement, target]) => ({
    statement,
    target: target ?? '',
  }))
/** The folder of web/ that an import leads to; '' for web/ itself, null for outside. */
const folderOf = (name: string, target: string): string | null => {
  const found = path.relative(WEB, path.resolve(WEB, path.dirname(name), target))
  return found.startsWith('..') ? null : found.includes(path.sep) ? (found.split(path.sep)[0] ?? '') : ''
}

test('imports go upward only: platform, ui, shell, then the modules, of which few know another', () => {
  const wrong = files
    .filter(({ name }) => name.includes(path.sep))
    .flatMap(({ name, code }) => {
      const own = name.split(path.sep)[0] ?? ''
      const allowed = [own, ...(BELOW[own] ?? SCREENS_MAY), ...(MODULES_ABOVE[own] ?? [])]
      return importsOf(code)
        .map(({ target }) => folderOf(name, target))
        .filter((folder) => folder !== null && !allowed.includes(folder))
        .map((folder) => `${name} imports ${folder || 'web/'}`)
    })
  expect(wrong).toEqual([])
})

test('from outside comes the contract alone, as types or as plain word lists', () => {
  const wrong = files.flatMap(({ name, code }) =>
    [...code.matchAll(/import (type )?[^']*?from '((?:\.\.\/)+(?:contract|server|seeds|twin)\/[^']+)'/g)]
      .filter(
        ([, type, target]) =>
          !(target?.includes('contract/') && (type || WORD_LISTS.some((list) => target.endsWith(list)))),
      )
      .map(([, , target]) => `${name} imports ${target}`),
  )
  expect(wrong).toEqual([])
})

test('the light entries stay light: no component library, no router, no queries', () => {
  const heavy = files
    .filter(({ name }) => /^(plain|sign-in|portal)\//.test(name))
    .flatMap(({ name, code }) =>
      [...code.matchAll(/from '(@mantine|@tanstack|@orpc|echarts)[^']*'/g)].map(([found]) => `${name}: ${found}`),
    )
  expect(heavy).toEqual([])
})

test('the customers’ page holds nothing of the staff’s: of ui the tokens alone, of platform the texts alone', () => {
  const staff = files
    .filter(({ name }) => /^(plain|portal)\//.test(name))
    .flatMap(({ name, code }) =>
      [...code.matchAll(/import '(\.\.[^']+)'|from '(\.\.[^']+)'/g)]
        .map(([, bare, named]) => bare ?? named ?? '')
        .filter(
          (target) => !target.startsWith('../plain/') && !['../ui/tokens.css', '../platform/i18n.ts'].includes(target),
        )
        .map((target) => `${name}: ${target}`),
    )
  expect(staff).toEqual([])
})
