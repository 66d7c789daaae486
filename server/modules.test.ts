import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { modules } from './modules.ts'

const SERVER = import.meta.dirname
const PROJECT = path.dirname(SERVER)
/** Pure parts and ground that every module may stand on. */
const GROUND = [
  'platform',
  'text',
  'statistics',
  'matching',
  'relevance',
  'linkage',
  'clocks',
  'policy',
  'disclosure',
  'routing',
  'connectors',
  'imports',
]
/** No platform, no database, no network; each may use those before it. */
const PURE = ['text', 'statistics', 'matching', 'relevance', 'linkage', 'clocks', 'policy', 'disclosure', 'routing']
/** Where the house is put together: may import every module, and no module imports it. */
const COMPOSITION = [
  'commands',
  'modules.ts',
  'modules.test.ts',
  'main.ts',
  'cli.ts',
  'start.ts',
  'worker.ts',
  'schedule.ts',
]

interface Import {
  from: string
  to: string
}

function importsIn(folder: string, pattern = '**/*.{ts,tsx}'): Import[] {
  return globSync(pattern, { cwd: folder }).flatMap((name) => {
    const file = path.join(folder, name)
    const text = readFileSync(file, 'utf8')
    return [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) => ({
      from: path.relative(PROJECT, file),
      to: path.relative(PROJECT, path.resolve(path.dirname(file), match[1] ?? '')),
    }))
  })
}

/** What the contract lists without importing anything is as pure as whoever uses it. */
const isWordList = (file: string): boolean =>
  file.startsWith('contract/') && !/^import /m.test(readFileSync(path.join(PROJECT, file), 'utf8'))

const partOf = (file: string): string => file.split('/')[1] ?? ''
const order = modules.map((module) => module.name)
const serverImports = importsIn(SERVER).filter(
  (entry) => !COMPOSITION.includes(partOf(entry.from)) && !entry.from.includes('/testing/'),
)

describe('the law of the list', () => {
  it('names each module as its folder', () => {
    for (const name of order) expect(globSync(`${name}/index.ts`, { cwd: SERVER })).toHaveLength(1)
  })

  it('lets a module import only modules above it', () => {
    const against = serverImports.filter(({ from, to }) => {
      if (!to.startsWith('server/') || !order.includes(partOf(from)) || from.endsWith('.test.ts')) return false
      const target = partOf(to)
      if (target === partOf(from) || GROUND.includes(target)) return false
      return order.indexOf(target) === -1 || order.indexOf(target) > order.indexOf(partOf(from))
    })
    expect(against).toEqual([])
  })

  it('lets a module be reached only through its index', () => {
    const inside = serverImports.filter(
      ({ from, to }) =>
        to.startsWith('server/') &&
        order.includes(partOf(to)) &&
        partOf(to) !== partOf(from) &&
        !to.endsWith('/index.ts') &&
        !from.endsWith('.test.ts'),
    )
    expect(inside).toEqual([])
  })

  it('keeps the ground free of the domain', () => {
    const against = serverImports.filter(
      ({ from, to }) =>
        to.startsWith('server/') &&
        GROUND.includes(partOf(from)) &&
        !GROUND.includes(partOf(to)) &&
        !from.endsWith('.test.ts'),
    )
    expect(against).toEqual([])
  })

  it('keeps text, matching, relevance, linkage, clocks and policy pure: no platform, no database, no network', () => {
    const impure = serverImports.filter(
      ({ from, to }) =>
        PURE.includes(partOf(from)) &&
        !PURE.slice(0, PURE.indexOf(partOf(from)) + 1).includes(partOf(to)) &&
        !isWordList(to) &&
        !from.endsWith('.test.ts'),
    )
    expect(impure).toEqual([])
  })

  it('keeps the server out of the web and the twin out of the product', () => {
    const crossing = [...importsIn(path.join(PROJECT, 'web')), ...serverImports].filter(
      ({ from, to }) =>
        !from.endsWith('.test.ts') &&
        ((from.startsWith('web/') && to.startsWith('server/')) ||
          (from.startsWith('server/') && (to.startsWith('twin/') || to.startsWith('web/')))),
    )
    expect(crossing).toEqual([])
  })

  it('lets no file import in a circle, not even a type: what two files share stands below both', () => {
    const files = ['server', 'contract', 'web', 'twin', 'seeds', 'bench', 'e2e'].flatMap((folder) =>
      importsIn(path.join(PROJECT, folder)),
    )
    const imported = Map.groupBy(files, ({ from }) => from)
    const circles: string[] = []
    const done = new Set<string>()
    const walk = (file: string, above: string[]): void => {
      if (above.includes(file)) circles.push([...above.slice(above.indexOf(file)), file].join(' -> '))
      else if (!done.has(file)) for (const { to } of imported.get(file) ?? []) walk(to, [...above, file])
      done.add(file)
    }
    for (const file of imported.keys()) walk(file, [])
    expect(circles).toEqual([])
  })

  it('reads the environment in one place', () => {
    const readers = globSync('**/*.ts', { cwd: SERVER }).filter(
      (name) => !name.includes('test') && readFileSync(path.join(SERVER, name), 'utf8').includes('process.env'),
    )
    expect(
      readers.filter(
        (name) =>
          !['platform/config.ts', 'commands/run-command.ts'].includes(name) && !name.startsWith('platform/postgres/'),
      ),
    ).toEqual([])
  })
})
