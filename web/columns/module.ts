import { IconLayoutColumns } from '@tabler/icons-react'
import type { WebModule } from '../platform/module.ts'

export const columns: WebModule = {
  name: 'columns',
  rail: [{ id: 'columns', label: 'columns:rail', icon: IconLayoutColumns, path: 'columns', permission: 'posts.read' }],
  live: { 'layout.': (_event, api) => [api.columns.layouts.key()] },
}
