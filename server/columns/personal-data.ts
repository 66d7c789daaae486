import { byPerson, type DataRegister, deleted, personal, plain, staff } from '../platform/personal-data.ts'
import { deletedWhereNamed, oneAfterTheOther } from '../platform/personal-traces.ts'

export const columnsData: DataRegister = [
  plain('layout', { key: 'workspace_id layout_id member_id', count: 'version', ours: 'name', time: 'created_at' }),
  // A column about somebody, or one that asks for their name.
  personal('layout_column', {
    whose: 'author',
    purpose: 'care',
    basis: 'legitimate-interest',
    kept: 'settings',
    personal: 'name query filters',
    columns: { key: 'workspace_id column_id layout_id topic_id person_id', setting: 'place kind ordered_by' },
    found: byPerson(),
    erase: oneAfterTheOther(
      deleted('layout_column', byPerson()),
      deletedWhereNamed('layout_column', ['name', 'query', 'filters']),
    ),
    export: { within: 'author' },
  }),
  staff('column_look', {
    purpose: 'operation',
    basis: 'contract',
    kept: 'membership',
    personal: 'width density collapsed muted paused sound flows',
    columns: { key: 'workspace_id member_id column_id' },
  }),
]
