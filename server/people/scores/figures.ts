import type { ScoreInput } from '../../../contract/people-scores.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/** A person with the identities that belong to them now. */
export interface PersonAuthors {
  personId: string
  authorIds: string[]
}

/** What is known of a person in numbers and moments; what a source does not know is absent. */
export interface Figures {
  inputs?: Partial<Record<ScoreInput, number>>
  /** Of what was spent. */
  currency?: string
  lastPostAt?: Date | null
  /** When they or we last said something in a conversation. */
  lastContactAt?: Date | null
  /** In which they write, the commonest. */
  language?: string | null
}

/** Counts what one part of the house knows of persons. Modules below bring their own (server/modules.ts). */
export interface FigureSource {
  of(tx: WorkspaceTransaction, persons: readonly PersonAuthors[], now: Date): Promise<Map<string, Figures>>
}

/** Figures look back this far where they do not say otherwise. */
export const FIGURES_DAYS = 365
const DAY_MS = 86_400_000

export const figuresFrom = (now: Date): Date => new Date(now.getTime() - FIGURES_DAYS * DAY_MS)
