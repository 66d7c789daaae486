/** Ids as exports carry them, and what spreadsheet programs do to them. */

/** `5.70306E+17`, `5,70306E+17`: the digits are gone. The plus tells it from a hexadecimal id with one e in it. */
export function isScientific(id: string): boolean {
  return /^-?\d([.,]\d+)?e\+\d{1,3}$/i.test(id)
}

/**
 * Long ids as programs leave them that took them for numbers: spreadsheets put zeros after the 15th digit, others keep what
 * floating point can say, which of 18 digits and more is at most every sixteenth number. A single such id can be genuine,
 * a column of them cannot. (The number made here is only compared, never kept.)
 */
export function looksRounded(id: string): boolean {
  if (/^\d{15}0+$/.test(id) || /^\d{16,}[.,]0+$/.test(id)) return true
  return /^\d{18,20}$/.test(id) && String(Number(id)) === id
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
