import type { WorkspaceContext } from '../platform/procedures.ts'
import { listRejections } from './rejections.ts'
import { cancelImport, type ImportKind, type ImportRow, listImports, readImport, removeImport } from './states.ts'
import { removeUpload } from './uploads.ts'

interface Step<Input, Output, Handled> {
  handler(run: (call: { input: Input; context: WorkspaceContext }) => Promise<Output>): Handled
}

interface PageAsked {
  after?: string | undefined
  limit: number
}

interface OneImport {
  importId: string
}

/** What is done alike with files of every kind; how one is inspected and begun is its kind's own. */
export interface ImportSteps<View, Listed, Got, Cancelled, Removed, Rejected> {
  list: Step<PageAsked, { items: View[]; nextCursor: string | null }, Listed>
  get: Step<OneImport, View, Got>
  cancel: Step<OneImport, Record<never, never>, Cancelled>
  remove: Step<OneImport, Record<never, never>, Removed>
  rejections: Step<OneImport & PageAsked, Awaited<ReturnType<typeof listRejections>>, Rejected>
}

export const importHandlers = <View, Listed, Got, Cancelled, Removed, Rejected>(
  steps: ImportSteps<View, Listed, Got, Cancelled, Removed, Rejected>,
  kind: ImportKind,
  present: (row: ImportRow) => View,
) => ({
  list: steps.list.handler(async ({ input, context: { tx } }) => {
    const { items, nextCursor } = await listImports(tx, kind, input)
    return { items: items.map(present), nextCursor }
  }),
  get: steps.get.handler(async ({ input, context: { tx } }) => present(await readImport(tx, input.importId, kind))),
  cancel: steps.cancel.handler(async ({ input, context: { tx } }) => {
    await cancelImport(tx, input.importId, kind)
    return {}
  }),
  remove: steps.remove.handler(async ({ input, context: { tx, services } }) => {
    await removeUpload(services, await removeImport(tx, input.importId, kind))
    return {}
  }),
  rejections: steps.rejections.handler(({ input, context: { tx } }) => listRejections(tx, kind, input)),
})
