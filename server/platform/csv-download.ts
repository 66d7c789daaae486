import { csvFile } from './csv.ts'

/** A download that a spreadsheet opens safely, sent as it is read. */
export function downloadCsv(name: string, header: readonly string[], lines: Parameters<typeof csvFile>[1]): Response {
  return downloadText(name, 'text/csv; charset=utf-8', csvFile(header, lines))
}

/** Text that is sent piece by piece, as fast as it is taken. */
export function downloadText(name: string, type: string, text: AsyncGenerator<string>): Response {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await text.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await text.return(undefined)
    },
  })
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}
