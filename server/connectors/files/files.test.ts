import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HeardPost } from '../connector.ts'
import { inspectFile, type ReadChoices, type ReadRow, readRows } from './index.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-files-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
async function fileOf(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `file-${files++}`)
  await writeFile(path, content)
  return path
}

async function allOf(rows: AsyncIterable<ReadRow>): Promise<ReadRow[]> {
  const all: ReadRow[] = []
  for await (const row of rows) all.push(row)
  return all
}

async function rowsOf(content: string | Uint8Array, choices: ReadChoices = {}): Promise<ReadRow[]> {
  return allOf(readRows(await fileOf(content), choices))
}

/** What became of each row: the text of a post, or line and code of what went wrong. */
async function read(content: string | Uint8Array, choices: ReadChoices = {}): Promise<string[]> {
  const rows = await rowsOf(content, choices)
  return rows.map(({ line, row }) => (row.kind === 'post' ? row.post.text : `${line ?? row.kind} ${row.problem.code}`))
}

async function postOf(content: string | Uint8Array, choices: ReadChoices = {}): Promise<HeardPost> {
  const [first] = await rowsOf(content, choices)
  if (first?.row.kind !== 'post') throw new Error(`no post: ${JSON.stringify(first)}`)
  return first.row.post
}

async function refusal(content: string | Uint8Array): Promise<string | undefined> {
  const { problems } = await inspectFile(await fileOf(content))
  return problems.find((problem) => problem.refuses)?.code
}

const table = (...rows: string[]) => ['id,text,date,author', ...rows, ''].join('\n')

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

describe('ids', () => {
  test.each([
    ['5.70306E+17', '5.70301E+17'],
    ['5,70306e+17', '5,70301E+17'],
    ['570306133677760000', '570301130888122000', '570301083672813000'],
    ['570306133677760500', '570301130888122400', '570301083672813600'],
    ['570306133677760512.0', '570301130888122368.0', '570301083672813568.0'],
  ])('like %s refuse the whole file and say why', async (...ids) => {
    const path = await fileOf(['id;text;date', ...ids.map((id) => `"${id}";t;2026-03-01`)].join('\n'))
    const { problems } = await inspectFile(path)
    expect(problems.filter((problem) => problem.refuses)).toEqual([
      expect.objectContaining({ code: 'ids-mangled', params: { column: 'id', example: ids[0], line: 2 } }),
    ])
    expect(problems[0]?.message).toMatch(/spreadsheet.*original export.*as text/)
    expect((await allOf(readRows(path))).map(({ row }) => row.kind)).toEqual(['refused'])
  })

  test('that are damaged do not matter when they are not used', async () => {
    const content = 'id,text,date,author\n5.7E+17,a,2026-03-01,ann\n5.7E+17,b,2026-03-01,ann\n'
    const mapping = { text: 'text', date: 'publishedAt', author: 'authorName' }
    const rows = await rowsOf(content, { mapping })
    const ids = rows.map(({ row }) => (row.kind === 'post' ? row.post.externalId : null))
    expect(ids[0]).toMatch(/^sha256:/)
    expect(new Set(ids).size).toBe(2)
    expect((await inspectFile(await fileOf(content), { mapping })).problems.map((problem) => problem.code)).toContain(
      'ids-made',
    )
  })

  test('made from what a row says are the same in every run', async () => {
    const content = 'text,date,author\nhello there,2026-03-01,ann\n'
    expect((await postOf(content)).externalId).toBe((await postOf(content)).externalId)
  })

  test('of one genuine post that ends in zeros are fine', async () => {
    expect((await postOf(table('570306133677760000,a,2026-03-01,ann'))).externalId).toBe('570306133677760000')
  })

  test('of parents lose the point that data tools add, and damaged ones are left out', async () => {
    const content = 'tweet_id,text,date,in_reply_to_status_id\n3,a,2026-03-01,2.0\n4,b,2026-03-01,5.7E+17\n'
    const rows = await rowsOf(content)
    expect(rows.map(({ row }) => (row.kind === 'post' ? row.post.parent?.externalId : row.kind))).toEqual([
      '2',
      undefined,
    ])
    expect((await inspectFile(await fileOf(content))).problems.map((problem) => problem.code)).toContain(
      'parents-mangled',
    )
  })

  test('that are missing in a row are listed', async () => {
    expect(await read(table(',a,2026-03-01,ann', '2,b,2026-03-01,ann'))).toEqual(['2 id-missing', 'b'])
  })
})

describe('dates', () => {
  const dated = (...dates: string[]) => ['id,text,date', ...dates.map((date, index) => `${index},t,${date}`)].join('\n')
  const datesOf = async (content: string, choices: ReadChoices = {}) =>
    (await rowsOf(content, choices)).map(({ row }) =>
      row.kind === 'post' ? row.post.publishedAt.toISOString().slice(0, 10) : row.problem.code,
    )

  test('are read by what the whole column tells', async () => {
    expect(await datesOf(dated('03/04/2015', '25/04/2015'))).toEqual(['2015-04-03', '2015-04-25'])
    expect(await datesOf(dated('03/04/2015', '04/25/2015'))).toEqual(['2015-03-04', '2015-04-25'])
  })

  test('that can be read in two ways are asked about, and read as answered', async () => {
    const content = dated('03/04/2015', '05/06/2015')
    const { problems } = await inspectFile(await fileOf(content))
    expect(problems.find((problem) => problem.refuses)).toMatchObject({
      code: 'date-order-unknown',
      params: { column: 'date', example: '03/04/2015' },
    })
    const answered = (date: string) => ({ mapping: { id: 'id', text: 'text', date } })
    expect(await datesOf(content, answered('publishedAtDayFirst'))).toEqual(['2015-04-03', '2015-06-05'])
    expect(await datesOf(content, answered('publishedAtMonthFirst'))).toEqual(['2015-03-04', '2015-05-06'])
  })

  test('in both orders are asked about, and the others listed', async () => {
    const content = dated('25/04/2015', '04/26/2015')
    expect(await refusal(content)).toBe('date-order-mixed')
    const mapping = { id: 'id', text: 'text', date: 'publishedAtDayFirst' }
    expect(await datesOf(content, { mapping })).toEqual(['2015-04-25', 'date-unreadable'])
  })

  test('without a zone say so and take the one that is chosen', async () => {
    const content = dated('2015-07-24 11:35:00')
    expect((await inspectFile(await fileOf(content))).problems.map((problem) => problem.code)).toEqual([
      'time-zone-assumed',
    ])
    expect((await postOf(content, { timeZone: 'Europe/Berlin' })).publishedAt.toISOString()).toBe(
      '2015-07-24T09:35:00.000Z',
    )
  })

  test('that are missing or nonsense are listed', async () => {
    expect(await datesOf(dated('2015-07-24', '', 'soon'))).toEqual(['2015-07-24', 'date-missing', 'date-unreadable'])
  })

  test('may lie in a column beside the time', async () => {
    const content =
      'Document ID,Date,Time,URL,Hit Sentence,Source Name\na1,24-Feb-2015,11:35 AM,https://x.com/ann/status/570306133677760513,hello,X\n'
    expect(await postOf(content)).toMatchObject({
      network: 'x',
      externalId: '570306133677760513',
      publishedAt: new Date('2015-02-24T11:35:00Z'),
    })
  })
})

describe('mapping', () => {
  test('is guessed from Dutch names, and from values where names say nothing', async () => {
    const dutch = 'berichtid;Tekst;datum;gebruikersnaam;taal\n1;Hoi allemaal;2026-03-01;jan;nl\n'
    expect((await inspectFile(await fileOf(dutch))).mapping).toEqual({
      berichtid: 'id',
      Tekst: 'text',
      datum: 'publishedAt',
      gebruikersnaam: 'authorHandle',
      taal: 'language',
    })
    const unnamed =
      'a,b,c\n2026-03-01 10:00,x1,this is a rather long sentence of somebody\n2026-03-02 10:00,x2,and this is another one like it\n'
    expect((await inspectFile(await fileOf(unnamed))).mapping).toEqual({ a: 'publishedAt', c: 'text' })
  })

  test('that is chosen is checked', async () => {
    const path = await fileOf(table('1,a,2026-03-01,ann'))
    const { problems } = await inspectFile(path, { mapping: { id: 'id', nothing: 'text', author: 'shoe size' } })
    expect(problems.map((problem) => problem.code)).toEqual(['unknown-column', 'unknown-field', 'no-date-column'])
  })

  test('reads followers, languages, networks, addresses and entities', async () => {
    const content =
      'id,text,date,handle,fullname,followers,lang,url,platform\n1,Fish &amp; chips &lt;3 see https://t.example/a.,2026-03-01,@Ann,Ann A,"1,204",German,https://www.facebook.com/1,Facebook\n'
    expect(await postOf(content)).toMatchObject({
      network: 'facebook',
      text: 'Fish & chips <3 see https://t.example/a.',
      links: ['https://t.example/a'],
      language: 'de',
      url: 'https://www.facebook.com/1',
      site: 'facebook.com',
      author: { network: 'facebook', networkId: '@ann', handle: 'Ann', name: 'Ann A', followers: 1204, stable: false },
    })
  })

  test('keeps posts of nobody apart', async () => {
    const rows = await rowsOf('id,text,date\n1,a,2026-03-01\n2,b,2026-03-01\n')
    const authors = rows.map(({ row }) => (row.kind === 'post' ? row.post.author : null))
    expect(authors.map((author) => [author?.networkId, author?.stable])).toEqual([
      ['post:1', false],
      ['post:2', false],
    ])
  })

  test('prefers the fuller text of a known export, in whatever order the mapping was stored', async () => {
    const content =
      'Query Id,Query Name,Date,Title,Snippet,Url,Full Text\n1,q,2015-02-24 11:35:52.0,T,short …,https://blog.example/1,the whole of it\n1,q,2015-02-24 11:35:52.0,T,only this,https://blog.example/2,\n'
    const mapping = { Snippet: 'text', 'Full Text': 'text', Date: 'publishedAt', Title: 'title', Url: 'url' }
    expect((await inspectFile(await fileOf(content))).preset).toBe('brandwatch')
    expect(await read(content, { mapping })).toEqual(['the whole of it', 'only this'])
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
