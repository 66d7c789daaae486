import {
  columnsIn,
  type DataRegister,
  type PersonalTable,
  type TableDeclaration,
} from '../../platform/personal-data.ts'

export const isPersonal = (declaration: TableDeclaration): declaration is PersonalTable => 'erase' in declaration

export const personalTables = (register: DataRegister): PersonalTable[] => register.filter(isPersonal)

/** Every column that is declared, however it is. */
export const declaredColumns = (declaration: TableDeclaration): string[] => [
  ...('personal' in declaration ? columnsIn(declaration.personal) : []),
  ...Object.values(declaration.columns).flatMap(columnsIn),
]

/**
 * The order in which a person goes: what points at something goes before what it points at, so modules are walked from
 * the last to the first; identities and persons end the list, because the rest is found by them.
 */
export function erasureOrder(register: DataRegister): PersonalTable[] {
  const tables = personalTables(register)
  const rank = ({ table }: PersonalTable) => LAST.indexOf(table)
  return [...tables]
    .map((table, index) => ({ table, index }))
    .sort((one, other) => rank(one.table) - rank(other.table) || other.index - one.index)
    .map(({ table }) => table)
}
const LAST = [
  'post',
  'author_handle',
  'graph_operation',
  'person_link',
  'person_merge',
  'person_override',
  'person',
  'author',
]
