export interface DifferencePiece {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** Comparing every piece with every other would be slow beyond; then all is removed and all is added. */
const COMPARISONS_MAX = 4_000_000

/** What changed between two texts of a query, in whole words, phrases and brackets; the longest common row of these stays. */
export function differenceOf(from: string, to: string): DifferencePiece[] {
  const [before, after] = [piecesOf(from), piecesOf(to)]
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const middle = changesOf(before.slice(start, before.length - end), after.slice(start, after.length - end))
  const same = (pieces: string[]): DifferencePiece[] => pieces.map((text) => ({ kind: 'same', text }))
  return merged([...same(before.slice(0, start)), ...middle, ...same(before.slice(before.length - end))])
}

const piecesOf = (text: string): string[] => text.match(/\s+|"[^"]*"?|\{[^}]*\}?|[()]|[^\s()"{}]+|\}/g) ?? []

function changesOf(before: string[], after: string[]): DifferencePiece[] {
  const width = after.length + 1
  const removed: DifferencePiece[] = before.map((text) => ({ kind: 'removed', text }))
  const added: DifferencePiece[] = after.map((text) => ({ kind: 'added', text }))
  if (before.length * after.length > COMPARISONS_MAX) return [...removed, ...added]
  const longest = new Uint16Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      longest[i * width + j] =
        before[i] === after[j]
          ? (longest[(i + 1) * width + j + 1] as number) + 1
          : Math.max(longest[(i + 1) * width + j] as number, longest[i * width + j + 1] as number)
  const pieces: DifferencePiece[] = []
  let [i, j] = [0, 0]
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      pieces.push({ kind: 'same', text: before[i] as string })
      i++
      j++
    } else if ((longest[(i + 1) * width + j] as number) >= (longest[i * width + j + 1] as number))
      pieces.push(removed[i++] as DifferencePiece)
    else pieces.push(added[j++] as DifferencePiece)
  }
  return [...pieces, ...removed.slice(i), ...added.slice(j)]
}

/** Neighbouring changes are one, also across a blank, which then went and came as well. */
function merged(pieces: DifferencePiece[]): DifferencePiece[] {
  const all: DifferencePiece[] = []
  let [removed, added] = ['', '']
  const close = (): void => {
    if (removed !== '') all.push({ kind: 'removed', text: removed })
    if (added !== '') all.push({ kind: 'added', text: added })
    removed = added = ''
  }
  pieces.forEach(({ kind, text }, at) => {
    const isChanging = removed !== '' && added !== '' && pieces[at + 1]?.kind !== 'same'
    const joins = kind === 'same' && /^\s+$/.test(text) && isChanging && at + 1 < pieces.length
    if (kind === 'same' && !joins) {
      close()
      const last = all.at(-1)
      if (last?.kind === 'same') last.text += text
      else all.push({ kind, text })
    }
    if (kind === 'removed' || joins) removed += text
    if (kind === 'added' || joins) added += text
  })
  close()
  return all
}
