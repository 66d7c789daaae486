import { createHash } from 'node:crypto'
import { bodyLimit } from 'hono/body-limit'
import { AGREEMENT_DOCUMENT_BYTES_MAX } from '../../../contract/accounts-agreements.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Forbidden, Invalid, NotFound } from '../../platform/errors.ts'
import { isId, newId } from '../../platform/ids.ts'
import type { HttpApp } from '../../platform/module.ts'
import { authoriseInWorkspace } from '../../platform/procedures.ts'
import type { Services } from '../../platform/services.ts'

const NAME_CHARACTERS_MAX = 200
/** What was uploaded and never became an agreement goes with the next upload after a day. */
const UNUSED_MS = 86_400_000
const PDF = Buffer.from('%PDF-')

const tooLarge = () => {
  throw new Invalid('document-too-large', { bytesMax: AGREEMENT_DOCUMENT_BYTES_MAX })
}

/**
 * The signed paper goes up as a PDF and comes down for everybody whom it is about. It lies in the database: there are few, and
 * a restored copy without them would hold agreements about nothing.
 */
export function documentRoutes(app: HttpApp, services: Services): void {
  const limit = bodyLimit({ maxSize: AGREEMENT_DOCUMENT_BYTES_MAX, onError: tooLarge })
  app.post('/files/staff-documents', limit, async (context) => {
    const { workspaceId, actor, memberId } = authoriseInWorkspace('staff.analyse', await context.get('caller')())
    if (!memberId) throw new Forbidden('people-only')
    const content = Buffer.from(await context.req.arrayBuffer())
    const name = context.req.query('name') ?? ''
    const stored = await services.database.inWorkspace(workspaceId, actor, (tx) =>
      storeDocument(tx, memberId, { name, content }, services.clock.now()),
    )
    return context.json(stored, 201)
  })
  app.get('/files/staff-documents/:documentId', async (context) => {
    const { workspaceId, actor } = authoriseInWorkspace('workspace.read', await context.get('caller')())
    const documentId = context.req.param('documentId')
    if (!isId(documentId)) throw new NotFound('document-unknown')
    const { name, content } = await services.database.inWorkspace(workspaceId, actor, (tx) =>
      readDocument(tx, documentId),
    )
    return context.body(new Uint8Array(content), 200, {
      'content-type': 'application/pdf',
      // Never opened on our own origin: it was uploaded by somebody.
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
  })
}

async function storeDocument(
  tx: WorkspaceTransaction,
  uploadedBy: string,
  { name, content }: { name: string; content: Buffer },
  at: Date,
) {
  if (!content.subarray(0, PDF.length).equals(PDF)) throw new Invalid('document-type')
  await tx.sql
    .deleteFrom('staff_document')
    .where('workspace_id', '=', tx.workspaceId)
    .where('uploaded_at', '<', new Date(+at - UNUSED_MS))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('staff_agreement as a')
            .select('a.agreement_id')
            .whereRef('a.workspace_id', '=', 'staff_document.workspace_id')
            .whereRef('a.document_id', '=', 'staff_document.document_id'),
        ),
      ),
    )
    .execute()
  const documentId = newId()
  const hash = createHash('sha256').update(content).digest('hex')
  const called = plainName(name)
  await tx.sql
    .insertInto('staff_document')
    .values({
      workspace_id: tx.workspaceId,
      document_id: documentId,
      name: called,
      media_type: 'application/pdf',
      bytes: content.byteLength,
      hash,
      content,
      uploaded_by: uploadedBy,
      uploaded_at: at,
    })
    .execute()
  return { documentId, name: called, hash }
}

const plainName = (name: string): string =>
  name
    .replace(/[\p{Cc}/\\]/gu, '')
    .trim()
    .slice(0, NAME_CHARACTERS_MAX) || 'agreement.pdf'

async function readDocument(tx: WorkspaceTransaction, documentId: string) {
  const row = await tx.sql
    .selectFrom('staff_document')
    .select(['name', 'content'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('document_id', '=', documentId)
    .executeTakeFirst()
  if (!row) throw new NotFound('document-unknown')
  return row
}
