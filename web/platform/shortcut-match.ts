/** Which shortcut a key means. Pure: the document, the clock and the device's choice come as arguments. */
interface Matchable {
  keys: string
  whileTyping?: boolean | undefined
}

interface Pressed<Shortcut> {
  /** The place registered last comes first. */
  shortcuts: readonly Shortcut[]
  /** As keyOf() writes it. */
  pressed: string
  /** The key before, if it began a sequence a moment ago. */
  begun: string | null
  /** In a field: letters are text there. */
  typing: boolean
  singleKeys: boolean
}

/** `waiting`: the key begins a sequence such as 'g i', and the next one decides. */
export function matchKey<Shortcut extends Matchable>(given: Pressed<Shortcut>) {
  const { shortcuts, pressed, begun, typing, singleKeys } = given
  const wanted = shortcuts.filter(({ keys, whileTyping }) => {
    const withMod = keys.includes('mod+')
    if (typing) return whileTyping ?? withMod
    return withMod || whileTyping || singleKeys || keys === 'escape'
  })
  const sequence = begun === null ? null : `${begun} ${pressed}`
  const found = wanted.find(({ keys }) => keys === sequence) ?? wanted.find(({ keys }) => keys === pressed) ?? null
  const begins = !found && wanted.some(({ keys }) => keys.startsWith(`${pressed} `))
  return { found, waiting: begins ? pressed : null }
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** 'mod+shift+a'; mod is Command on a Mac and Control elsewhere. */
export function keyOf(event: KeyPress, mac: boolean): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  const mod = mac ? event.metaKey : event.ctrlKey
  const other = mac ? event.ctrlKey : event.metaKey
  // '?' already is shift+/ on most keyboards: shift counts only with letters and named keys.
  const shift = event.shiftKey && (key.length > 1 || /\p{L}/u.test(key))
  return [mod && 'mod', other && 'meta', event.altKey && 'alt', shift && 'shift', key].filter(Boolean).join('+')
}
