/**
 * For a row of tabs that scrolls sideways: the one that is open comes to the middle, its neighbours beside it. The row
 * alone is moved; `scrollIntoView` would take the page around it along.
 */
export function currentInSight(row: HTMLElement | null): void {
  const current = row?.querySelector('[aria-current="page"]')
  if (!row || !current) return
  const { left, width } = current.getBoundingClientRect()
  const frame = row.getBoundingClientRect()
  row.scrollLeft += left + width / 2 - (frame.left + frame.width / 2)
}
