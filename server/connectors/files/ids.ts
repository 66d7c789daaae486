/** Ids as exports carry them, and what spreadsheet programs do to them. */

/** `5.70306E+17`, `5,70306E+17`: the digits are gone. */
export function isScientific(id: string): boolean {
  return /^[+-]?\d+([.,]\d+)?e[+-]?\d+$/i.test(id)
}

/**
 * 16 digits or more that end as a spreadsheet leaves them: zeros after the 15th digit, or a decimal point that says the
 * number went through floating point. A single such id can be genuine (one in ten for each digit), a column of them not.
 */
export function looksRounded(id: string): boolean {
  return /^\d{15}0+$/.test(id) || /^\d{16,}[.,]0+$/.test(id)
}

export function isLong(id: string): boolean {
  return /^\d{16,}([.,]0+)?$/.test(id)
}

/** `3.0` is 3, as data tools write columns with gaps; surrounding quotes and the apostrophe that marks text go. */
export function cleanId(written: string): string {
  return written
    .trim()
    .replace(/^['"`]+|['"`]+$/g, '')
    .replace(/^(\d{1,15})\.0+$/, '$1')
}
