/** For a row of tabs that scrolls sideways: the one that is open comes into sight, with a piece of its neighbours. */
export function currentInSight(row: HTMLElement | null): void {
  row?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
}
