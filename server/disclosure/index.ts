/**
 * Statistical disclosure control for figures about the work of staff: a figure about fewer than five people is a figure about
 * one of them, and so is the difference of two figures of which one is about four people more.
 *
 * Published totals cut what was done into atoms: the pieces that lie in the same published groups. Whatever can be worked out
 * from the totals by adding, subtracting and scaling is a combination of whole atoms (D. E. Denning, P. J. Denning, M. D.
 * Schwartz: The tracker, ACM TODS 4(1), 1979; F. Y. Chin, G. Özsoyoğlu: Auditing and inference control in statistical
 * databases, IEEE TSE 8(6), 1982). So where every atom was done by at least five people, no difference of totals tells of fewer.
 * A group whose publication would cut a smaller atom is left out: primary suppression if the group is small, complementary if
 * the rest would be (L. H. Cox: Suppression methodology and statistical disclosure control, JASA 75, 1980).
 *
 * The method knows no earlier questions, so callers publish at one fixed granularity: the same groups over the same periods,
 * for everybody. Periods overlap nowhere: a longer one is a list of the short ones.
 */
export const CONTRIBUTORS_MIN = 5

/** What somebody did that is counted in all of these groups. */
export interface Contribution {
  contributor: string
  groups: readonly string[]
}

/**
 * Which of the groups can be published together: as many of the first ones as possible, so the order says what matters most
 * (the total of all, then larger groups). Groups that nobody contributed to are told as such: nothing is in them. Those that
 * were agreed on are told however few contributed; what else would cut them still counts its people.
 */
export function publishable(
  contributions: Iterable<Contribution>,
  groups: readonly string[],
  agreed: ReadonlySet<string> = new Set(),
): Set<string> {
  const inside = Map.groupBy(
    piecesOf(contributions, groups).flatMap((piece) => piece.groups.map((group) => ({ group, piece }))),
    ({ group }) => group,
  )
  const atoms = new Map<Piece, ReadonlySet<Piece>>()
  const published = new Set<string>()
  for (const group of new Set(groups)) {
    const pieces = new Set((inside.get(group) ?? []).map(({ piece }) => piece))
    const cuts = [...Map.groupBy(pieces, (piece) => atoms.get(piece) ?? null)].flatMap(([atom, some]) => {
      const within = new Set(some)
      // What lies in no published group is in no total, and so in no difference.
      return atom === null ? [within] : [within, atom.difference(within)]
    })
    if (!agreed.has(group) && !cuts.every((atom) => atom.size === 0 || areMany(atom))) continue
    published.add(group)
    for (const atom of cuts) for (const piece of atom) atoms.set(piece, atom)
  }
  return published
}

function areMany(atom: ReadonlySet<Piece>): boolean {
  const people = new Set<string>()
  for (const piece of atom) {
    for (const one of piece.people) people.add(one)
    if (people.size >= CONTRIBUTORS_MIN) return true
  }
  return false
}

interface Piece {
  groups: readonly string[]
  people: Set<string>
}

/** Who did what lies in exactly these groups. */
function piecesOf(contributions: Iterable<Contribution>, known: readonly string[]): Piece[] {
  const wanted = new Set(known)
  const pieces = new Map<string, Piece>()
  for (const { contributor, groups } of contributions) {
    const inside = [...new Set(groups)].filter((group) => wanted.has(group)).sort()
    const key = JSON.stringify(inside)
    const piece = pieces.get(key) ?? { groups: inside, people: new Set() }
    piece.people.add(contributor)
    pieces.set(key, piece)
  }
  return [...pieces.values()]
}
