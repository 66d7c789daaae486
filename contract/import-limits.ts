/** A longer file is looked at so far before it is taken in; what it names is held in memory. */
export const REHEARSED_ROWS_MAX = 50_000
