import type { BrandRequest } from './brands.ts'
import type { SourceFacts } from './figures.ts'

export interface AuditRequest {
  /** The first is the brand of the audit, the others are compared with it. */
  brands: BrandRequest[]
  /** In which brand names are read (word forms, umlauts). */
  languages: string[]
  timeZone: string
  anonymous: boolean
  facts: SourceFacts
}
