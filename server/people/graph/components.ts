/** Who is the same as whom: each person with the oldest of everyone that merges tie it to. Ids are UUIDs v7: the least is the oldest. */
export function representatives(
  personIds: readonly string[],
  merges: readonly { personId: string; sameAs: string }[],
): Map<string, string> {
  const above = new Map(personIds.map((id) => [id, id]))
  const top = (id: string): string => {
    let at = id
    for (let next = above.get(at); next !== undefined && next !== at; next = above.get(at)) at = next
    above.set(id, at)
    return at
  }
  for (const { personId, sameAs } of merges) {
    const [older, younger] = [top(personId), top(sameAs)].sort() as [string, string]
    above.set(younger, older)
  }
  return new Map(personIds.map((id) => [id, top(id)]))
}
