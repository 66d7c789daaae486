import { describe, expect, test } from 'vitest'
import { inspectFile, type ReadChoices, readRows } from './index.ts'
import { allOf, fileOf, postOf, read, refusal, rowsOf, table } from './reading.fixture.ts'

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
