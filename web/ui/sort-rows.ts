export interface Sort {
  column: string
  descending: boolean
}

type Key = string | number | Date | null

/** A sorted copy; rows without a value stand last either way. Text sorts as a dictionary of the reader would. */
export function sortRows<Row>(rows: readonly Row[], keyOf: (row: Row) => Key, descending: boolean): Row[] {
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  const direction = descending ? -1 : 1
  return rows
    .map((row) => ({ row, key: keyOf(row) }))
    .sort(({ key: one }, { key: other }) => {
      if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1
      if (typeof one === 'string' || typeof other === 'string')
        return direction * collator.compare(String(one), String(other))
      return direction * (Number(one) - Number(other))
    })
    .map(({ row }) => row)
}
