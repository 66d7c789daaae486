/** The XML inside a workbook, read piece by piece: nothing is kept but what the handlers keep. */
import { SaxesParser } from 'saxes'
import type { Entry, ZipFile } from 'yauzl'
import { FileFault, refuse } from './problem.ts'

/** XML without a single tag for this long is no workbook but an attempt on memory. */
const TAGLESS_BYTES_MAX = 4 * 1024 * 1024
const DEPTH_MAX = 50
const CELL_CHARACTERS_MAX = 100_000

export interface XmlTag {
  name: string
  attributes: Record<string, string>
}

export interface XmlHandlers {
  open: (tag: XmlTag) => void
  text: (text: string) => void
  close: (name: string) => void
}

/** Feeds a part to the handlers and yields after each piece, so that what they collected can be passed on. */
export async function* readXml(zip: ZipFile, entry: Entry, handlers: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  let depth = 0
  parser.on('opentag', (tag) => {
    if (++depth > DEPTH_MAX) throw refuse('broken-workbook', { detail: 'it is nested too deeply' })
    handlers.open({ name: localName(tag.name), attributes: tag.attributes })
  })
  parser.on('text', handlers.text)
  parser.on('cdata', handlers.text)
  parser.on('closetag', (tag) => {
    depth--
    handlers.close(localName(tag.name))
  })
  const decoder = new TextDecoder()
  let tagless = 0
  try {
    const stream = await openPart(zip, entry)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      const last = chunk.lastIndexOf(0x3c)
      tagless = last === -1 ? tagless + chunk.length : chunk.length - last
      if (tagless > TAGLESS_BYTES_MAX) throw refuse('broken-workbook', { detail: 'a cell is too long' })
      parser.write(decoder.decode(chunk, { stream: true }))
      yield
    }
    parser.close()
    yield
  } catch (error) {
    throw faultOf(error)
  }
}

function openPart(zip: ZipFile, entry: Entry): Promise<NodeJS.ReadableStream> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
  })
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** What the libraries throw about a file is the file's fault. */
export async function faulty<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw faultOf(error)
  }
}

function faultOf(error: unknown): FileFault {
  if (error instanceof FileFault) return error
  return refuse('broken-workbook', { detail: error instanceof Error ? error.message.slice(0, 200) : String(error) })
}

/** Text that comes in pieces, up to what a cell can hold (32,767 characters in Excel). */
export class CellText {
  private readonly parts: string[] = []
  private length = 0

  add(text: string): void {
    this.length += text.length
    if (this.length > CELL_CHARACTERS_MAX) throw refuse('broken-workbook', { detail: 'a cell is too long' })
    this.parts.push(text)
  }

  whole(): string {
    return this.parts.join('')
  }
}

/** The text of an element: all its `t` parts, except the reading aids of East Asian text. */
export class TextCollector {
  private readonly element: string
  private parts: CellText | null = null
  private inText = false
  private inPhonetic = false

  constructor(element: string) {
    this.element = element
  }

  open(name: string): void {
    if (name === this.element) this.parts = new CellText()
    else if (name === 'rPh') this.inPhonetic = true
    else if (name === 't') this.inText = true
  }

  text(text: string): void {
    if (this.inText && !this.inPhonetic) this.parts?.add(text)
  }

  close(name: string): string | null {
    if (name === 't') this.inText = false
    else if (name === 'rPh') this.inPhonetic = false
    if (name !== this.element || this.parts === null) return null
    const text = this.parts.whole()
    this.parts = null
    return text
  }
}
