/**
 * The fault kit: what networks do on bad days, armed for the next requests that fit. The same kit stands in front of
 * the twin's own handler and, as a proxy, in front of real server software.
 */
export type FaultKind =
  /** 429 with this vendor's headers. */
  | 'rate-limit'
  /** `status`, with an HTML body as from a front-end that fell over. */
  | 'server-error'
  /** The connection closes before the request is worked on. */
  | 'cut-before'
  /** The request is worked on in full, then the connection closes: the caller cannot know. */
  | 'cut-after'
  /** The headers promise the whole answer, half of it comes. */
  | 'half-answer'
  /** A complete answer with status 200 that is not what was asked for. */
  | 'garbage'
  /** The answer comes after `delayMs`. */
  | 'slow'

export interface Fault {
  kind: FaultKind
  /** Part of the path; every request when left out. */
  path?: string
  method?: 'GET' | 'POST'
  /** How many requests it takes; 1 when left out. */
  times?: number
  status?: number
  retryAfterSeconds?: number
  delayMs?: number
}

export interface ArmedFaults {
  arm(fault: Fault): void
  clear(): void
  /** The fault for this request; counts it. */
  take(method: string, path: string): Fault | null
  /** How many requests met a fault since the start. */
  met(): number
}

export function armedFaults(): ArmedFaults {
  let armed: (Fault & { left: number })[] = []
  let met = 0
  return {
    arm: (fault) => armed.push({ ...fault, left: fault.times ?? 1 }),
    clear: () => {
      armed = []
    },
    take: (method, path) => {
      const fault = armed.find((one) => (one.method ?? method) === method && path.includes(one.path ?? ''))
      if (fault === undefined) return null
      fault.left--
      met++
      armed = armed.filter((one) => one.left > 0)
      return fault
    },
    met: () => met,
  }
}

/** What the stream does to its listeners from now on. */
export interface StreamFaults {
  /** Every event comes twice. */
  duplicates: boolean
  /** Events come in pairs, the later one first. */
  disorder: boolean
}
