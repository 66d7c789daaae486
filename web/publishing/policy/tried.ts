interface Tried<Check extends string> {
  check: Check
  before: number
  after: number
}

/** What a trial has to say of each check: what differs, or, where nothing was changed, what the texts meet as it is. */
export const told = <Check extends string>(checks: readonly Tried<Check>[], changed: boolean): Tried<Check>[] =>
  changed
    ? checks.filter(({ before, after }) => before !== after)
    : checks.filter(({ after }) => after > 0).sort((one, other) => other.after - one.after)
