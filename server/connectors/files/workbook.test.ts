import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import exceljs from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { estimateRows, inspectFile, openTable, type ReadRow, readRows } from './index.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-workbooks-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
const newPath = () => join(folder, `book-${files++}.xlsx`)

/** As a spreadsheet program writes it. */
async function workbookOf(rows: unknown[][]): Promise<string> {
  const book = new exceljs.Workbook()
  book.addWorksheet('Posts').addRows(rows)
  const path = newPath()
  await book.xlsx.writeFile(path)
  return path
}

/** A ZIP archive with these parts; `claimed` lies about the size of what is packed. */
async function archiveOf(
  parts: Record<string, string | Buffer>,
  claimed: Record<string, number> = {},
): Promise<string> {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const sizes = Buffer.alloc(12)
    sizes.writeUInt32LE(crc32(bytes), 0)
    sizes.writeUInt32LE(packed.length, 4)
    sizes.writeUInt32LE(claimed[name] ?? bytes.length, 8)
    const common = Buffer.concat([
      Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]),
      sizes,
      Buffer.from([name.length, 0, 0, 0]),
    ])
    const place = Buffer.alloc(4)
    place.writeUInt32LE(offset)
    local.push(Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed)
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, Buffer.alloc(10), place, Buffer.from(name))
    offset = Buffer.concat(local).length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(Object.keys(parts).length, 8)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  const path = newPath()
  await writeFile(path, Buffer.concat([...local, directory, end]))
  return path
}

const bookParts = (sheet: string | Buffer, properties = '') => ({
  'xl/workbook.xml': `<workbook xmlns:r="r"><workbookPr ${properties}/><sheets><sheet name="Hidden" sheetId="1" state="hidden" r:id="r0"/><sheet name="S" sheetId="2" r:id="r1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet7.xml"/></Relationships>',
  'xl/worksheets/sheet7.xml': sheet,
})

const sheetOf = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`
const textCell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
const headerRow = `<row r="1">${['id', 'text', 'date'].map(textCell).join('')}</row>`

async function rowsOf(path: string): Promise<ReadRow[]> {
  const rows: ReadRow[] = []
  for await (const row of readRows(path)) rows.push(row)
  return rows
}

const postsOf = async (path: string) =>
  (await rowsOf(path)).flatMap(({ row }) => (row.kind === 'post' ? [row.post] : []))

async function refusal(path: string): Promise<[string | undefined, unknown]> {
  const [fault] = (await inspectFile(path)).problems.filter((problem) => problem.refuses)
  return [fault?.code, fault?.params.detail]
}

test('a workbook is read as it was written: texts, dates, formulas, rich text, gaps', async () => {
  const rich = { richText: [{ text: 'Fett ', font: { bold: true } }, { text: 'und mager' }] }
  const path = await workbookOf([
    ['Beitrags-ID', 'Text', 'Datum', 'Autor'],
    ['570306133677760513', 'Hallo & Grüße', new Date('2015-02-24T11:35:00Z'), 'Lena'],
    [],
    [115712, rich, new Date('2015-02-25T00:00:00Z')],
    ['x3', { formula: 'A1&"b"', result: 'from a formula' }, '26.02.2015 10:00', 'Jan'],
    ['x4', null, new Date('2015-02-25T00:00:00Z'), 'Jan'],
  ])
  expect(await inspectFile(path)).toMatchObject({
    format: 'xlsx',
    encoding: null,
    rowsEstimated: 4,
    mapping: { Datum: 'publishedAt' },
  })
  const rows = await rowsOf(path)
  expect(
    rows.map(({ line, row }) =>
      row.kind === 'post'
        ? [line, row.post.externalId, row.post.text, row.post.publishedAt.toISOString()]
        : [line, row.problem.code],
    ),
  ).toEqual([
    [2, '570306133677760513', 'Hallo & Grüße', '2015-02-24T11:35:00.000Z'],
    [4, '115712', 'Fett und mager', '2015-02-25T00:00:00.000Z'],
    [5, 'x3', 'from a formula', '2015-02-26T10:00:00.000Z'],
    [6, 'text-missing'],
  ])
})

test('ids that the spreadsheet rounded refuse the workbook', async () => {
  const rows = [570306133677760513n, 570301130888122368n, 570301083672813571n].map((id) => [
    Number(id),
    'text',
    '2015-02-24',
  ])
  expect((await refusal(await workbookOf([['id', 'text', 'date'], ...rows])))[0]).toBe('ids-mangled')
})

test('a long number that a program stored whole keeps its digits', async () => {
  const path = await archiveOf(
    bookParts(sheetOf(`${headerRow}<row><c><v>570306133677760513</v></c>${textCell('a')}<c><v>42059.5</v></c></row>`)),
  )
  expect(await postsOf(path)).toMatchObject([
    { externalId: '570306133677760513', publishedAt: new Date('2015-02-24T12:00:00Z') },
  ])
})

test('days count from 1904 where the workbook says so', async () => {
  const row = `<row><c><v>7</v></c>${textCell('a')}<c><v>40597</v></c></row>`
  expect(await postsOf(await archiveOf(bookParts(sheetOf(headerRow + row), 'date1904="1"')))).toMatchObject([
    { publishedAt: new Date('2015-02-24T00:00:00Z') },
  ])
})

test('reading goes on where it stopped', async () => {
  const path = await workbookOf([
    ['id', 'text', 'date'],
    ...Array.from({ length: 20 }, (_, index) => [`n${index}`, `t${index}`, '2015-02-24']),
  ])
  const all = await rowsOf(path)
  const rest: ReadRow[] = []
  for await (const row of readRows(path, { from: all[6]?.position })) rest.push(row)
  expect(rest).toEqual(all.slice(7))
})

describe('hostile workbooks', () => {
  test('that claim to unpack to gigabytes are refused before they are', async () => {
    const path = await archiveOf(bookParts(sheetOf(headerRow)), { 'xl/worksheets/sheet7.xml': 0xf000_0000 })
    expect((await refusal(path))[0]).toBe('workbook-too-large')
  })

  test('that unpack to more than they claim are stopped', async () => {
    const bomb = sheetOf(headerRow + `<row>${textCell('x')}</row>`.repeat(400_000))
    const path = await archiveOf(bookParts(bomb), { 'xl/worksheets/sheet7.xml': 1000 })
    expect((await refusal(path))[0]).toBe('broken-workbook')
  })

  test('with one endless cell take no memory', async () => {
    const path = await archiveOf(
      bookParts(
        Buffer.concat([
          Buffer.from(`<worksheet><sheetData>${headerRow}<row><c t="str"><v>`),
          Buffer.alloc(200_000_000, 'x'),
        ]),
      ),
    )
    const before = process.memoryUsage().rss
    expect(await refusal(path)).toEqual(['broken-workbook', 'a cell is too long'])
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  })

  test('with endless nesting, endless pieces of a cell or millions of empty strings stop early', async () => {
    const deep = await archiveOf(bookParts('<a>'.repeat(2_000_000)))
    const pieces = await archiveOf(
      bookParts(sheetOf(`${headerRow}<row><c t="str"><v>${'xxxx<!---->'.repeat(500_000)}</v></c></row>`)),
    )
    const empty = await archiveOf({
      ...bookParts(sheetOf(headerRow)),
      'xl/sharedStrings.xml': `<sst>${'<si/>'.repeat(9_000_000)}</sst>`,
    })
    expect(await refusal(deep)).toEqual(['broken-workbook', 'it is nested too deeply'])
    expect(await refusal(pieces)).toEqual(['broken-workbook', 'a cell is too long'])
    expect((await refusal(empty))[0]).toBe('workbook-too-large')
  })

  test('with thousands of columns, entities, broken XML or missing parts have names', async () => {
    const wide = await archiveOf(bookParts(sheetOf(`<row>${textCell('c').repeat(10_000)}</row>`)))
    const laughs = await archiveOf(
      bookParts(`<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${sheetOf(`<row>${textCell('&b;')}</row>`)}`),
    )
    const broken = await archiveOf(bookParts('<worksheet><sheetData><row></sheetData>'))
    const missing = await archiveOf({ 'xl/workbook.xml': '<workbook/>' })
    const word = await archiveOf({ 'word/document.xml': '<document/>' })
    expect((await refusal(wide))[0]).toBe('too-many-columns')
    for (const path of [laughs, broken, missing, word]) expect((await refusal(path))[0]).toBe('broken-workbook')
  })

  test('with a far column reference do not fill what lies between', async () => {
    const path = await archiveOf(bookParts(sheetOf(`${headerRow}<row><c r="XFD2" t="str"><v>x</v></c></row>`)))
    const [row] = await rowsOf(path)
    expect(row?.row).toMatchObject({ kind: 'refused', problem: { code: 'too-many-columns' } })
  })
})

describe('how long a workbook says it is', () => {
  const stated = async (ref: string, rows = dataRows(3)) => {
    using table = await openTable(
      await archiveOf(
        bookParts(`<worksheet><dimension ref="${ref}"/><sheetData>${headerRow}${rows}</sheetData></worksheet>`),
      ),
    )
    return { stated: table.rowsStated, estimated: estimateRows(table, { rows: 2, bytes: 0, whole: false }) }
  }
  const dataRows = (count: number) => headerRow.repeat(count)

  test('is what it is estimated by where only its beginning was read', async () => {
    expect(await stated('A1:C4')).toEqual({ stated: 4, estimated: 4 })
  })

  test('is no statement where the sheet has no room for so many rows, or it is damaged', async () => {
    for (const ref of ['A1:XFD1048576', 'A1', 'C', 'A1:C99999999', ''])
      expect(await stated(ref), ref).toEqual({ stated: null, estimated: 2 })
  })

  test('never hides rows that are there', async () => {
    const path = await archiveOf(
      bookParts(`<worksheet><dimension ref="A1:C2"/><sheetData>${headerRow}${dataRows(5)}</sheetData></worksheet>`),
    )
    expect(await rowsOf(path)).toHaveLength(5)
    expect((await inspectFile(path)).rowsEstimated).toBe(5)
  })
})
