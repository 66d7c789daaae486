import { z } from 'zod'
import { name } from './accounts-fields.ts'
import { id, nothing } from './pages.ts'
import { PERMISSIONS } from './permissions.ts'
import { procedure } from './procedure.ts'

const apiKeySchema = z.object({
  apiKeyId: id,
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.enum(PERMISSIONS)),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
})

export const keys = {
  list: procedure({
    allow: 'keys.manage',
    method: 'GET',
    path: '/keys',
    summary: 'API keys of the workspace',
    input: nothing,
    output: z.object({ items: z.array(apiKeySchema) }),
  }),
  create: procedure({
    allow: 'keys.manage',
    method: 'POST',
    path: '/keys',
    summary: 'A new API key; its secret is shown once',
    input: z.object({
      name,
      scopes: z.array(z.enum(PERMISSIONS)).min(1).max(PERMISSIONS.length),
      expiresAt: z.coerce.date().optional(),
    }),
    output: z.object({ apiKeyId: id, secret: z.string() }),
  }),
  revoke: procedure({
    allow: 'keys.manage',
    method: 'DELETE',
    path: '/keys/{apiKeyId}',
    summary: 'Revokes an API key at once',
    input: z.object({ apiKeyId: id }),
    output: nothing,
  }),
}
