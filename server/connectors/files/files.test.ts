import { describe, expect, test } from 'vitest'
import { inspectFile } from './index.ts'
import { fileOf, postOf, read, refusal, rowsOf, table } from './reading.fixture.ts'

describe('CSV', () => {
  test('keeps line breaks in quotes and bare CRs out of them, and counts lines as an editor does', async () => {
    const content = table(
      '1,"two\nlines, ""quoted""",2026-03-01,ann',
      '2,bare\rreturn,2026-03-01,ben',
      '3,,2026-03-01,cem',
      '4,ok,2026-03-01,dia',
    )
    expect(await read(content)).toEqual(['two\nlines, "quoted"', 'bare\nreturn', '5 text-missing', 'ok'])
  })

  test.each([
    [';', 'csv'],
    ['\t', 'tsv'],
    ['|', 'csv'],
    [',', 'csv'],
  ])('is told by its delimiter %j', async (delimiter, format) => {
    const rows = [
      ['Beitrags-ID', 'Text', 'Datum', 'Autor'],
      ['1', 'Hallo, du; da', '24.02.2015 11:35', 'Lena'],
      ['2', 'x', '25.02.2015 11:35', 'Jan'],
    ]
    const content = rows
      .map((row) => row.map((cell) => (/[,;]/.test(cell) ? `"${cell}"` : cell)).join(delimiter))
      .join('\r\n')
    const path = await fileOf(content)
    expect(await inspectFile(path)).toMatchObject({
      format,
      delimiter,
      rowsEstimated: 2,
      mapping: { 'Beitrags-ID': 'id', Text: 'text', Datum: 'publishedAt', Autor: 'authorName' },
    })
    expect(await read(content)).toEqual(['Hallo, du; da', 'x'])
  })

  test('passes the lines that an export puts above its columns', async () => {
    const content = `Report:,Spring\nBrand:,Nordlicht\n\n${table('1,hello,2026-03-01,ann')}`
    expect((await rowsOf(content)).map(({ line }) => line)).toEqual([5])
  })

  test('goes on after a quotation mark that is never closed, losing one row', async () => {
    const filler = Array.from(
      { length: 30_000 },
      (_, index) => `${index},a text of usual length about something,2026-03-01,ann`,
    )
    const rows = await rowsOf(
      table('a,good,2026-03-01,ann', 'b,"open,2026-03-01,ben', ...filler, 'z,"last,2026-03-01,cem'),
    )
    const broken = rows.filter(({ row }) => row.kind !== 'post')
    expect(broken.map(({ line, row }) => [line, row.kind === 'rejected' && row.problem.code])).toEqual([
      [3, 'quote-not-closed'],
      [30_004, 'quote-not-closed'],
    ])
    expect(rows).toHaveLength(30_003)
    expect(rows.at(-2)?.line).toBe(30_003)
  })

  test('lists a row of many megabytes and reads the next', async () => {
    const rows = await read(
      table('1,a,2026-03-01,ann', `2,${'x'.repeat(10_000_000)},2026-03-01,ben`, '3,c,2026-03-01,cem'),
    )
    expect(rows).toEqual(['a', '3 row-too-long', 'c'])
  })

  test('lists rows with more cells than columns, not those with empty ones behind', async () => {
    expect(await read(table('1,a,2026-03-01,ann,,', '2,b,c,2026-03-01,ben', '3'))).toEqual([
      'a',
      '3 too-many-cells',
      '4 text-missing',
    ])
  })
})

describe('encodings', () => {
  const content = 'id,text,date\n1,Grüße – ok,2026-03-01\n'
  test.each([
    ['utf-8', Buffer.from(content)],
    ['utf-8', Buffer.from(`\ufeff${content}`)],
    ['utf-16le', Buffer.from(`\ufeff${content}`, 'utf16le')],
    ['utf-16le', Buffer.from(content, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${content}`, 'utf16le').swap16()],
    ['windows-1252', Buffer.from(content.replace('–', '\u0096'), 'latin1')],
  ])('%s is read', async (encoding, bytes) => {
    expect((await inspectFile(await fileOf(bytes))).encoding).toBe(encoding)
    expect(await read(bytes)).toEqual(['Grüße – ok'])
  })

  test('what is not UTF-8 is said, with its line', async () => {
    const { problems } = await inspectFile(
      await fileOf(Buffer.from(`id,text,date\n1,ok,2026-03-01\n${content.split('\n')[1]}`, 'latin1')),
    )
    expect(problems.find((problem) => problem.code === 'encoding-guessed')).toMatchObject({
      refuses: false,
      params: { line: 3 },
    })
  })
})

describe('JSON', () => {
  const posts = [
    {
      id: 1,
      text: 'a "}],[{" b',
      created_at: '2026-03-01',
      user: { id_str: '7', screen_name: 'ann' },
      tags: ['x', 'y'],
    },
    { text: 'second', created_at: '2026-03-02', user: { screen_name: 'ben' }, id: 2 },
  ]

  test.each([
    ['json', JSON.stringify(posts)],
    ['json', JSON.stringify({ meta: { count: 2, tags: [] }, data: { posts } }, null, 2)],
    ['json', `window.YTD.tweets.part0 = ${JSON.stringify(posts)}`],
    ['jsonl', posts.map((post) => JSON.stringify(post)).join('\n')],
  ])('%s is read wherever its rows lie', async (format, content) => {
    expect((await inspectFile(await fileOf(content))).format).toBe(format)
    expect(await read(content)).toEqual(['a "}],[{" b', 'second'])
    expect((await postOf(content)).author).toMatchObject({ networkId: '7', handle: 'ann', stable: true })
  })

  test('keeps the digits of large numbers', async () => {
    expect((await postOf('[{"tweet_id":570306133677760513,"text":"x","date":"2026-03-01"}]')).externalId).toBe(
      '570306133677760513',
    )
  })

  test('lists broken lines and keeps the others', async () => {
    const lines = [
      '{"id":1,"text":"a","date":"2026-03-01"}',
      '{"id":2,"text":',
      '[1]',
      '',
      `{"id":3,"text":"${'x'.repeat(1_200_000)}"}`,
      '{"id":4,"text":"d","date":"2026-03-01"}',
    ]
    expect(await read(lines.join('\n'))).toEqual(['a', '2 not-an-object', '3 not-an-object', '5 row-too-long', 'd'])
  })

  test('that breaks off gives what was whole and says where it ends', async () => {
    const rows = await read('[\n{"id":1,"text":"a","date":"2026-03-01"},\n{"id":2,"te')
    expect(rows).toEqual(['refused broken-json'])
  })

  test('nested without end costs nothing', async () => {
    expect(await refusal(`[${'{"a":'.repeat(100_000)}`)).toBe('broken-json')
    expect(await refusal('['.repeat(1_000_000))).toMatch(/broken-json|not-a-table/)
  })
})

describe('hostile files', () => {
  test.each([
    ['empty-file', ''],
    ['empty-file', '\n\n  \n'],
    ['empty-file', 'id,text,date\n'],
    ['not-a-table', 'just a sentence\nand another\n'],
    ['not-a-table', 'x'.repeat(10_000_000)],
    ['binary-file', Buffer.from([1, 2, 0, 3, 4, 5, 6])],
    ['binary-file', table('1,a\u0000b,2026-03-01,ann')],
    ['compressed-file', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0])],
    ['old-workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0])],
    ['broken-workbook', Buffer.from('PK\x03\x04 and nothing else')],
    [
      'too-many-columns',
      `${Array.from({ length: 10_000 }, (_, index) => `c${index}`).join(',')}\n${'1,'.repeat(9999)}1\n`,
    ],
    ['too-many-columns', JSON.stringify(Array.from({ length: 600 }, (_, index) => ({ [`c${index}`]: 'x' })))],
    ['no-header', '570306133677760513,hello,2026-03-01\n570306133677760514,you,2026-03-02\n'],
  ])('are refused as %s', async (code, content) => {
    expect(await refusal(content)).toBe(code)
  })
})

test('reading goes on where it stopped, in every format, with the same rows and lines', async () => {
  const records = Array.from({ length: 40 }, (_, index) => ({
    id: `n${index}`,
    text: index % 3 === 0 ? `line\nbreak "${index}" é` : `t${index}`,
    date: '2026-03-01',
  }))
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
  const csv = `id,text,date\n${records.map(({ id, text, date }) => `${id},${quote(text)},${date}`).join('\r\n')}\n`
  const contents = [
    csv,
    Buffer.from(`\ufeff${csv}`, 'utf16le'),
    JSON.stringify(records, null, 1),
    records.map((record) => JSON.stringify(record)).join('\n'),
  ]
  for (const content of contents) {
    const all = await rowsOf(content)
    expect(all).toHaveLength(40)
    for (const at of [0, 1, 17, 38, 39])
      expect(await rowsOf(content, { from: all[at]?.position })).toEqual(all.slice(at + 1))
  }
})
