import type { Thresholds } from '../configuration.ts'
import type { Finding } from '../finding.ts'
import type { PreparedBrand } from '../prepared-brand.ts'
import type { Reading } from '../reading.ts'

/** A check reads what was split once and says what it found. It never throws, and its time grows with the text's length. */
export type Check = (reading: Reading, brand: PreparedBrand, thresholds: Thresholds) => readonly Finding[]
