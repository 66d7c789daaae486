/**
 * The few errors that reach a caller. `code` is a word the web translates (errors.<code>), `params` fill its text.
 * Failures expected from outside are not errors but data (connectors/connector.ts); everything else is a bug.
 */
export type ErrorParams = Record<string, string | number | boolean | null>

class RapportError extends Error {
  readonly code: string
  readonly params: ErrorParams
  constructor(code: string, params: ErrorParams = {}) {
    super(code)
    this.name = new.target.name
    this.code = code
    this.params = params
  }
}

export class NotFound extends RapportError {}
export class Forbidden extends RapportError {}
export class Invalid extends RapportError {}
/** The world moved on: compare-and-set failed, a name is taken. `news` carries what is new, for a screen to show. */
export class Conflict extends RapportError {
  readonly news: unknown
  constructor(code: string, params: ErrorParams = {}, news?: unknown) {
    super(code, params)
    this.news = news
  }
}
/** Something outside failed in a way the caller should hear of now. */
export class Upstream extends RapportError {}
export class Unauthenticated extends RapportError {}
export class TooMany extends RapportError {}

export type KnownError = NotFound | Forbidden | Invalid | Conflict | Upstream | Unauthenticated | TooMany

export const isKnownError = (error: unknown): error is KnownError => error instanceof RapportError
