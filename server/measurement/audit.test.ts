import { expect, test } from 'vitest'
import { runAudit } from './audit.ts'
import { findingsOf } from './findings.ts'
import { brand, request, sourceOf, type Told } from './testing/told.ts'

const day = (date: number, hour = 10) =>
  `2026-01-${String(date).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`
const many = <Made>(count: number, make: (at: number) => Made): Made[] =>
  Array.from({ length: count }, (_, at) => make(at))
const kinds = (report: Awaited<ReturnType<typeof runAudit>>) => findingsOf(report).map(({ kind }) => kind)

test('a post that names two brands counts for both, and posts of the brands themselves for none', async () => {
  const report = await runAudit(
    sourceOf([
      { by: 'ann', text: 'Nordair or Sudair?', at: day(1) },
      { by: 'bob', text: '#nordair is late', at: day(1) },
      { by: 'cid', text: '@sudair hello', at: day(1) },
      { by: 'dee', text: 'nothing to do with it', at: day(1) },
      { by: 'Nordair', text: 'Nordair greets', at: day(1) },
    ]),
    request(brand('Nordair'), brand('Sudair')),
  )
  expect(report.namingAny).toBe(3)
  expect(
    report.brands.map(({ name, posts, addressed, together, ownPosts }) => [name, posts, addressed, together, ownPosts]),
  ).toEqual([
    ['Nordair', 2, 0, 1, 1],
    ['Sudair', 2, 1, 1, 0],
  ])
  expect(report.brands[0]?.ownAccounts).toEqual([{ name: 'Nordair', posts: 1 }])
})

test('days are those of the calendar in the chosen time zone', async () => {
  const told: Told[] = [{ by: 'ann', text: 'Nordair', at: '2026-01-01T23:30:00Z' }]
  const berlin = await runAudit(sourceOf(told), { ...request(brand('Nordair')), timeZone: 'Europe/Berlin' })
  expect(berlin.rhythm.buckets.map(({ from }) => from)).toEqual(['2026-01-02'])
  expect(berlin.rhythm.heat[4]?.[0]).toBe(1)
})

test('a day far above the others is a peak, with the word that it was about', async () => {
  const usual = many(10, (date) =>
    many(10, (at) => ({ by: `u${at}`, text: `Nordair number ${at} seats`, at: day(date + 1, at + 2) })),
  ).flat()
  const storm = many(60, (at) => ({ by: `s${at}`, text: `Nordair strike ${at}`, at: day(5, at % 20) }))
  const report = await runAudit(sourceOf([...usual, ...storm]), request(brand('Nordair')))
  expect(report.rhythm.peaks.map(({ date, posts, usual: often }) => [date, posts, often])).toEqual([
    ['2026-01-05', 70, 10],
  ])
  expect(
    report.rhythm.peaks[0]?.terms.map(({ label, posts, total, otherPosts }) => [label, posts, total, otherPosts]),
  ).toEqual([['strike', 60, 70, 0]])
  expect(report.rhythm.peaks[0]?.terms[0]?.samples).toHaveLength(4)
  expect(findingsOf(report)).toContainEqual(expect.objectContaining({ kind: 'peak', date: '2026-01-05', usual: 10 }))
})

test('nothing is concluded from days and hours when most days are missing', async () => {
  const told = [1, 20].flatMap((date) =>
    many(80, (at) => ({ by: `a${at}`, text: `Nordair ${at}`, at: day(date, at % 24) })),
  )
  const report = await runAudit(sourceOf(told), request(brand('Nordair')))
  expect(report.rhythm.coverage.state).toBe('patchy')
  expect(report.rhythm.peaks).toEqual([])
  expect(kinds(report)).toContain('patchy')
  expect(kinds(report)).not.toContain('hours')
})

test('two days with most of a brand’s posts are told as a doubt, not as a rise', async () => {
  const others = many(8, (date) =>
    many(10, (at) => ({ by: `o${at}`, text: `Sudair ${at}`, at: day(date + 1, at) })),
  ).flat()
  const ours = [1, 2, 3, 4, 5, 8].map((date) => ({ by: 'x', text: 'Nordair', at: day(date) }))
  const burst = [6, 7].flatMap((date) =>
    many(60, (at) => ({ by: `b${at}`, text: `Nordair ${at}`, at: day(date, at % 24) })),
  )
  const report = await runAudit(sourceOf([...others, ...ours, ...burst]), request(brand('Nordair')))
  expect(report.rhythm.coverage.state).toBe('concentrated')
  expect(kinds(report)).toContain('concentrated')
  expect(kinds(report)).not.toContain('peak')
})

test('what sets a brand apart is what others say less, in any form of the word, and phrases stand for their words', async () => {
  const forms = ['lost luggage', 'Lost Luggage', 'losing luggage']
  const ours = many(90, (at) => ({ by: `o${at}`, text: `@nordair ${forms[at % 3]} ${at}`, at: day(1 + (at % 9)) }))
  const rest = many(300, (at) => ({
    by: `r${at}`,
    text: `@sudair seat ${at} ${at % 4 ? 'fine' : 'luggage'}`,
    at: day(1 + (at % 9)),
  }))
  const { topics } = await runAudit(sourceOf([...ours, ...rest]), request(brand('Nordair'), brand('Sudair')))
  const told = [...topics.telling, ...topics.ownWords]
  expect(told.map(({ label }) => label)).toContain('luggage')
  expect(told.find(({ label }) => label === 'luggage')).toMatchObject({
    posts: 90,
    total: 90,
    otherPosts: 75,
    otherTotal: 300,
  })
  expect(topics.ownWords.map(({ label, posts }) => [label, posts])).toContainEqual(['lost luggage', 60])
  expect(told.some(({ key }) => key.includes('nordair') || key.includes('@'))).toBe(false)
})

test('a copied text counts once among topics and is shown as a wave', async () => {
  const copied = many(12, (at) => ({
    by: `c${at}`,
    text: `@nordair please sign our petition today number`,
    at: day(1, at),
  }))
  const own = many(6, (at) => ({ by: `o${at}`, text: `Nordair seat ${at}`, at: day(2, at) }))
  const report = await runAudit(sourceOf([...copied, ...own]), request(brand('Nordair')))
  expect(report.waves.map(({ posts, authors }) => [posts, authors])).toEqual([[12, 12]])
  expect(report.topics.posts).toBe(7)
})

test('a second row with an id that came before is left out and counted', async () => {
  const told = sourceOf([{ by: 'ann', text: 'Nordair', at: day(1) }])
  const twice = {
    async *read() {
      yield* told.read()
      yield* told.read()
    },
  }
  const { rows, brands } = await runAudit(twice, request(brand('Nordair')))
  expect([rows.read, rows.posts, rows.duplicates, brands[0]?.posts]).toEqual([2, 1, 1, 1])
})

test('without names, no author, link or handle of a person is left, but the brand’s own', async () => {
  const told: Told[] = [
    {
      by: 'ann',
      name: 'Ann Lee',
      text: '@nordair @bob.example.org and @cid',
      at: day(1),
      url: 'https://x.com/ann/status/1',
    },
  ]
  const report = await runAudit(sourceOf(told), { ...request(brand('Nordair')), anonymous: true })
  const written = JSON.stringify({ samples: report.samples, voices: report.voices })
  expect(written).not.toMatch(/ann|bob|cid/i)
  expect(report.samples[0]?.text).toBe('@nordair @… and @…')
})

test('a brand that nobody names is refused with the accounts that are mentioned instead', async () => {
  const source = sourceOf([{ by: 'ann', text: 'hello @sudair', at: day(1) }])
  await expect(runAudit(source, request(brand('Nordair')))).rejects.toMatchObject({
    code: 'brand-not-found',
    params: { mentioned: '@ann, @sudair' },
  })
})
