/** Two letters at least, so that a ticked box of a list is none; with an address or a name behind it, it is a link. */
const PLACE = /(?<![\\\]])\[[^[\]\n]{2,100}\](?![([]|: ?https?:)/g
/** More would not be read, and the first lead to the others. */
const PLACES_SHOWN_MAX = 12

/** The places of a template that nobody filled in: "[whom, where]", each once. */
export const unfilledPlaces = (text: string): string[] => [...new Set(text.match(PLACE))].slice(0, PLACES_SHOWN_MAX)
