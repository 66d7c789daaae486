/** How many numbers a row has for each unit. */
export const CELLS = 3
export const RECORDS_MAX = 2 ** 21 - 1
const ID_BITS = 21
const FLAGS_AT = 26
/** This long or longer. */
export const LENGTH_MAX = 31

/** In one number: the value's number (21 bits), the length of its form (5 bits) and six flags. */
export const packed = (id: number, length: number, flags: number): number =>
  id | (Math.min(LENGTH_MAX, length) << ID_BITS) | (flags << FLAGS_AT)

export const idIn = (packed: number): number => packed & RECORDS_MAX
export const lengthIn = (packed: number): number => (packed >>> ID_BITS) & LENGTH_MAX
export const isListIn = (packed: number): boolean => ((packed >>> FLAGS_AT) & 1) !== 0
/** Of which nicknames a name may be a form. */
export const flagsIn = (packed: number): number => packed >>> (FLAGS_AT + 1)
