/**
 * Rows of an XLSX workbook in bounded memory. Written on yauzl and saxes because the reader of exceljs makes every number
 * a JavaScript number, which is what destroys ids, and keeps what a hostile file tells it to keep. Numbers and dates
 * come out as they are stored: digits, and days since 1899-12-30.
 */
import { type Entry, open as openZip, type ZipFile } from 'yauzl'
import { problem, refuse } from './problem.ts'
import { COLUMNS_MAX, type FileRecord } from './record.ts'
import { CellText, faulty, readXml, TextCollector, type XmlHandlers, type XmlTag } from './workbook-xml.ts'

const ENTRIES_MAX = 5000
const UNPACKED_BYTES_MAX = 1024 * 1024 * 1024
const SHARED_CHARACTERS_MAX = 128 * 1024 * 1024
const SHARED_OVERHEAD_CHARACTERS = 16
/** `<row><c><v>1</v></c></row>` */
const ROW_BYTES_MIN = 28
const SMALL_PART_BYTES_MAX = 4 * 1024 * 1024

export interface Workbook {
  sheet: string
  /** Days count from 1904 instead of 1900: workbooks of old Macs. */
  from1904: boolean
  /** By the sheet's own word; null where it says nothing or what cannot be. */
  rowsStated: number | null
  rows(): AsyncGenerator<FileRecord>
  close(): void
}

/** Opens the first visible sheet. Throws FileFault. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const zip = await faulty(openLazily(path))
  try {
    const entries = await faulty(listEntries(zip))
    const book = await readBook(zip, entries)
    const shared = await readShared(zip, entries.get('xl/sharedStrings.xml'))
    const sheet = entries.get(book.path)
    if (sheet === undefined) throw refuse('broken-workbook', { detail: 'it has no sheet' })
    const rowsStated = await readDimension(zip, sheet)
    const rows = () => sheetRows(zip, sheet, shared)
    return { sheet: book.name, from1904: book.from1904, rowsStated, rows, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

function openLazily(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    openZip(path, { lazyEntries: true, autoClose: false }, (error, zip) => (error ? reject(error) : resolve(zip)))
  })
}

function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>()
    let unpacked = 0
    zip.on('error', reject)
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry)
      // Declared sizes can be relied on: yauzl ends a part that unpacks to more.
      if (entry.fileName.startsWith('xl/')) unpacked += entry.uncompressedSize
      if (entries.size > ENTRIES_MAX) reject(refuse('broken-workbook', { detail: 'it has too many parts' }))
      else if (unpacked > UNPACKED_BYTES_MAX) {
        reject(refuse('workbook-too-large', { megabytesMax: UNPACKED_BYTES_MAX / 1024 / 1024 }))
      } else zip.readEntry()
    })
    zip.readEntry()
  })
}

async function readSmall(zip: ZipFile, entry: Entry | undefined, open: (tag: XmlTag) => void): Promise<void> {
  if (entry === undefined) throw refuse('broken-workbook', { detail: 'a part is missing' })
  if (entry.uncompressedSize > SMALL_PART_BYTES_MAX) throw refuse('broken-workbook', { detail: 'a part is too large' })
  for await (const _piece of readXml(zip, entry, { open, text: () => {}, close: () => {} })) void _piece
}

async function readBook(
  zip: ZipFile,
  entries: Map<string, Entry>,
): Promise<{ name: string; path: string; from1904: boolean }> {
  const sheets: { name: string; relation: string }[] = []
  let from1904 = false
  await readSmall(zip, entries.get('xl/workbook.xml'), ({ name, attributes }) => {
    if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '')
    if (name !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return
    sheets.push({ name: attributes.name ?? '', relation: attributes['r:id'] ?? '' })
  })
  const targets = new Map<string, string>()
  await readSmall(zip, entries.get('xl/_rels/workbook.xml.rels'), ({ name, attributes }) => {
    if (name === 'Relationship') targets.set(attributes.Id ?? '', attributes.Target ?? '')
  })
  const [first] = sheets
  if (first === undefined) throw refuse('broken-workbook', { detail: 'it has no visible sheet' })
  const target = targets.get(first.relation) ?? 'worksheets/sheet1.xml'
  return { name: first.name, path: target.startsWith('/') ? target.slice(1) : `xl/${target}`, from1904 }
}

/** Programs write whole columns into it, and files may lie: more rows than the sheet has room for are no statement. */
async function readDimension(zip: ZipFile, sheet: Entry): Promise<number | null> {
  let stated: number | null = null
  let isOver = false
  const open = ({ name, attributes }: XmlTag) => {
    if (name === 'sheetData') isOver = true
    const last =
      name === 'dimension' && !isOver
        ? /^[A-Z]{1,3}\d+:[A-Z]{1,3}(\d{1,7})$/.exec(attributes.ref ?? '')?.[1]
        : undefined
    if (last !== undefined) stated = Number(last)
  }
  for await (const _piece of readXml(zip, sheet, { open, text: () => {}, close: () => {} })) if (isOver) break
  return stated !== null && stated * ROW_BYTES_MIN <= sheet.uncompressedSize ? stated : null
}

async function readShared(zip: ZipFile, entry: Entry | undefined): Promise<string[]> {
  const shared: string[] = []
  if (entry === undefined) return shared
  const collector = new TextCollector('si')
  let characters = 0
  const handlers: XmlHandlers = {
    open: (tag) => collector.open(tag.name),
    text: (text) => collector.text(text),
    close: (name) => {
      const text = collector.close(name)
      if (text === null) return
      // Millions of empty strings take memory too.
      characters += text.length + SHARED_OVERHEAD_CHARACTERS
      if (characters > SHARED_CHARACTERS_MAX)
        throw refuse('workbook-too-large', { megabytesMax: SHARED_CHARACTERS_MAX / 1024 / 1024 })
      shared.push(text)
    },
  }
  for await (const _piece of readXml(zip, entry, handlers)) void _piece
  return shared
}

async function* sheetRows(zip: ZipFile, entry: Entry, shared: string[]): AsyncGenerator<FileRecord> {
  const rows = new RowCollector(shared)
  for await (const _piece of readXml(zip, entry, rows)) {
    void _piece
    yield* rows.take()
  }
}

class RowCollector implements XmlHandlers {
  private readonly shared: string[]
  private ready: FileRecord[] = []
  private row = 0
  private line = 0
  private cells: string[] = []
  private wide = 0
  private column = -1
  private type = ''
  private value: CellText | null = null
  private readonly inline = new TextCollector('is')

  constructor(shared: string[]) {
    this.shared = shared
  }

  take(): FileRecord[] {
    const ready = this.ready
    this.ready = []
    return ready
  }

  open = ({ name, attributes }: XmlTag): void => {
    this.inline.open(name)
    if (name === 'row') {
      this.line = Number(attributes.r ?? this.line + 1)
      this.cells = []
      this.wide = 0
      this.column = -1
    } else if (name === 'c') {
      this.column = columnOf(attributes.r) ?? this.column + 1
      this.type = attributes.t ?? 'n'
    } else if (name === 'v') this.value = new CellText()
  }

  text = (text: string): void => {
    this.inline.text(text)
    this.value?.add(text)
  }

  close = (name: string): void => {
    const inline = this.inline.close(name)
    if (inline !== null) this.set(inline)
    else if (name === 'v') {
      const written = this.value?.whole() ?? ''
      this.value = null
      this.set(this.type === 's' ? (this.shared[Number(written)] ?? '') : written)
    } else if (name === 'row') this.end()
  }

  private set(text: string): void {
    if (text === '' || this.type === 'e') return
    this.wide = Math.max(this.wide, this.column + 1)
    if (this.column >= COLUMNS_MAX) return
    while (this.cells.length < this.column) this.cells.push('')
    this.cells[this.column] = text
  }

  private end(): void {
    if (this.wide === 0) return
    const after = { row: ++this.row, line: this.line + 1, byte: 0 }
    if (this.wide <= COLUMNS_MAX) this.ready.push({ line: this.line, after, cells: this.cells })
    else {
      const fault = problem('too-many-cells', { cells: this.wide, columns: COLUMNS_MAX })
      this.ready.push({ line: this.line, after, fault, raw: this.cells.slice(0, 20).join(' | ').slice(0, 1000) })
    }
  }
}

/** `BC12` → 54; null without letters. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0]
  if (letters === undefined) return null
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
