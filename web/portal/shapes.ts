import type { Described, PageState, Statement } from './calls.ts'

/** What the page hands to its parts. */
export interface Portal {
  described: Described
  page: PageState
  agreed(statement: Statement): { statementId: string; language: string }
  /** Reads everything anew; with words for whoever cannot see what changed. */
  again(said?: string): Promise<void>
}
