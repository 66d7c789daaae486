import { Zip, ZipDeflate } from 'fflate'

export interface ZippedFile {
  name: string
  content: AsyncIterable<string>
}

const LEVEL = 6

/** A ZIP file as it is made: nothing of it is held but what the reader has not taken yet. */
export async function* zipped(files: AsyncIterable<ZippedFile> | Iterable<ZippedFile>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = []
  let failure: Error | null = null
  const zip = new Zip((error, chunk) => {
    if (error) failure = error
    else ready.push(chunk)
  })
  const taken = () => {
    if (failure) throw failure
    const chunks = ready
    ready = []
    return chunks
  }
  const encoder = new TextEncoder()
  for await (const { name, content } of files) {
    const entry = new ZipDeflate(name, { level: LEVEL })
    zip.add(entry)
    for await (const text of content) {
      entry.push(encoder.encode(text))
      yield* taken()
    }
    entry.push(new Uint8Array(0), true)
    yield* taken()
  }
  zip.end()
  yield* taken()
}
