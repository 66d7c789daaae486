export function sharedCopy(list: Uint32Array): Uint32Array {
  const copy = new Uint32Array(new SharedArrayBuffer(4 * list.length))
  copy.set(list)
  return copy
}

/** Blocks of several threads, as one. */
export function joinedLists(lists: readonly Uint32Array[]): Uint32Array {
  const joined = new Uint32Array(new SharedArrayBuffer(4 * lists.reduce((sum, list) => sum + list.length, 0)))
  let at = 0
  for (const list of lists) {
    joined.set(list, at)
    at += list.length
  }
  return joined
}
