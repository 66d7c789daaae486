type OutboundFailureName =
  | 'bad-address'
  | 'forbidden-address'
  | 'unreachable'
  | 'too-large'
  | 'timed-out'
  | 'too-many-redirects'
  | 'unreadable'
  | 'aborted'

/** `detail` is for operators; it never holds a body, a header of the caller or an address's query. */
export interface OutboundFailure {
  name: OutboundFailureName
  detail: string
}

export function failed(name: OutboundFailureName, detail: string): { ok: false; failure: OutboundFailure } {
  return { ok: false, failure: { name, detail } }
}
