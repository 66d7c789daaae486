import { failureOutside, type Outside } from '../outside.ts'
import { FailureError } from './failure.ts'

/** A page of 100 notifications with full records is about 200 kB; a thread of 500 posts about 1.5 MB. */
const ANSWER_BYTES_MAX = 8 * 1024 * 1024
const CALL_TIMEOUT_MS = 20_000

/**
 * The fetch that the client library calls: guarded, with a time and a size limit on every call. Redirects are not
 * followed: no AT Protocol method answers with one, and following would carry our session to an address that nobody
 * configured. Nearly every call carries a password or a session, so none goes out in the clear.
 */
export function clientFetch(outside: Outside): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    if (!outside.keepsSecrets(request.url))
      throw new FailureError({
        name: 'forbidden-address',
        detail: 'not encrypted: the address has to begin with https',
      })
    const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer())
    const outcome = await outside.fetch(request.url, {
      method: request.method === 'POST' ? 'POST' : 'GET',
      headers: Object.fromEntries(request.headers),
      ...(body === undefined ? {} : { body }),
      redirectsMax: 0,
      timeoutMs: CALL_TIMEOUT_MS,
      bytesMax: ANSWER_BYTES_MAX,
      signal: request.signal,
    })
    if (!outcome.ok) throw new FailureError(failureOutside(outcome.failure))
    const { status, headers, body: answer } = outcome.value
    const kept = new Headers(headers)
    kept.delete('content-encoding')
    kept.delete('content-length')
    return new Response(status === 204 || status === 304 ? null : Buffer.from(answer), { status, headers: kept })
  }
}
