/** Apart from the schemas, so that the web app loads no zod for them. */
export const COLUMNS_MAX = 20
/** In pixels. */
export const COLUMN_WIDTH_MIN = 240
export const COLUMN_WIDTH_MAX = 800
/** So many posts or conversations are looked at in one go; whoever missed more reads the lists anew. */
export const ARRIVED_MAX = 500
export const SHOWN_MAX = 100
