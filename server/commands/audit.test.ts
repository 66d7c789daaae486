import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const CLI = path.resolve(import.meta.dirname, '../cli.ts')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rapport-audit-'))
  writeFileSync(
    path.join(folder, 'posts.csv'),
    `id,wer,was,wann
1,ann,"@nordair, wo ist mein Koffer?",2026-01-01T10:00:00+01:00
2,bob,Sudair ist pünktlich,2026-01-01T11:00:00+01:00
2,bob,Sudair ist pünktlich,2026-01-01T11:00:00+01:00
3,cid,"Nordair <b>schon wieder</b> zu spät",2026-01-02T00:30:00+01:00
4,dee,,2026-01-02T09:00:00+01:00
`,
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Without a home folder that could hold a database: none may be needed. */
function audit(...options: string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, 'audit', 'posts.csv', ...options], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    env: { PATH: process.env.PATH, RAPPORT_HOME: '/dev/null/nowhere' },
  })
  return { stdout, stderr, status }
}
const columns = ['--map', 'wer=authorHandle', '--map', 'was=text', '--map', 'wann=publishedAt']

test('one file becomes one report, in German, without a database', () => {
  const { stdout, status } = audit(
    '--brand',
    'Nordair',
    '--competitor',
    'Sudair',
    ...columns,
    '--language',
    'de',
    '--time-zone',
    'Europe/Berlin',
    '--out',
    'report.html',
    '--json',
  )
  expect(status).toBe(0)
  const told = JSON.parse(stdout)
  expect(told).toMatchObject({ rows: 5, posts: 3, duplicates: 1, rejected: 1 })
  expect(told.figures.brands.map(({ name, posts }: { name: string; posts: number }) => [name, posts])).toEqual([
    ['Nordair', 2],
    ['Sudair', 1],
  ])
  expect(told.figures.rhythm.buckets.map(({ from }: { from: string }) => from)).toEqual(['2026-01-01', '2026-01-02'])
  const page = readFileSync(path.join(folder, 'report.html'), 'utf8')
  expect(told.out).toBe(path.join(folder, 'report.html'))
  expect(page).toContain('<html lang="de">')
  expect(page).toContain('Was über Nordair gesagt wird')
  expect(page).not.toContain('<b>schon')
})

test('without names, the report does not say who wrote', () => {
  const { status, stdout } = audit('--brand', 'Nordair', ...columns, '--anonymous', '--out', 'nameless.html', '--json')
  expect(status).toBe(0)
  expect(stdout).not.toMatch(/"(ann|cid)"/)
  expect(readFileSync(path.join(folder, 'nameless.html'), 'utf8')).not.toMatch(/\b(ann|cid)\b/)
})

test.each([
  ['a brand that nobody names', ['--brand', 'Westair', ...columns], 'brand-not-found'],
  ['no brand', [], 'usage'],
  ['a column that the file has not', ['--brand', 'Nordair', '--map', 'text=text'], 'unknown-column'],
  ['a language that is not spoken', ['--brand', 'Nordair', '--language', 'fr'], 'invalid'],
  ['a time zone that does not exist', ['--brand', 'Nordair', '--time-zone', 'Mars/Base'], 'invalid'],
])(
  '%s is refused by name',
  (_what, options, error) => {
    const { status, stdout } = audit(...options, '--json')
    expect([status, JSON.parse(stdout).error]).toEqual([1, error])
  },
  90_000,
)
