import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runAudit } from './audit.ts'
import { fileSource } from './file-source.ts'
import { brand, request } from './testing/told.ts'
import { runAuditInThread } from './thread.ts'

const ROWS = 4_000
/** Well above what a busy machine adds, and far below a reading. */
const DELAY_MS_MAX = 250

let folder: string
let file: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rapport-thread-'))
  file = path.join(folder, 'posts.csv')
  const line = (at: number) => `${at},a${at % 90},"@nordair seat ${at % 40} is late, word${at}",2026-11-10T10:00:00Z`
  await writeFile(file, ['id,handle,text,created_at', ...Array.from({ length: ROWS }, (_, at) => line(at))].join('\n'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const source = () => ({ kind: 'file' as const, path: file, choices: {} })
const asked = request(brand('Nordair'))

test('an audit in a thread says the same, and leaves the process free meanwhile', async () => {
  const here = await runAudit(fileSource(file, {}), asked)
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const there = await runAuditInThread(source(), asked)
  delay.disable()
  expect({ ...there, madeAt: '' }).toEqual({ ...here, madeAt: '' })
  expect(delay.percentile(99) / 1e6).toBeLessThan(DELAY_MS_MAX)
})

test('what needs more memory than it may take fails with a name, and the process goes on', async () => {
  await expect(runAuditInThread(source(), asked, { heapMegabytesMax: 24 })).rejects.toMatchObject({
    code: 'out-of-memory',
  })
})

test('one that is stopped ends at once', async () => {
  const stopping = new AbortController()
  const running = runAuditInThread(source(), asked, {
    signal: stopping.signal,
    onProgress: () => stopping.abort(new Error('stopped')),
  })
  setTimeout(() => stopping.abort(new Error('stopped')), 300)
  await expect(running).rejects.toThrow('stopped')
})
