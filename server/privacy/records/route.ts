import type { HttpApp } from '../../platform/module.ts'
import type { DataRegister } from '../../platform/personal-data.ts'
import { authoriseInWorkspace } from '../../platform/procedures.ts'
import type { RetentionKind } from '../../platform/retention.ts'
import type { Services } from '../../platform/services.ts'
import type { Language } from '../access/labels.ts'
import { recordOfProcessing } from './record.ts'

const LANGUAGES: readonly string[] = ['de', 'nl', 'en'] satisfies Language[]

interface Declared {
  register(): DataRegister
  retention(): readonly RetentionKind[]
}

/** The record as a page of its own, shown in a frame of ours and printed from there. It may run nothing and fetch nothing. */
export function recordRoute(app: HttpApp, services: Services, { register, retention }: Declared): void {
  app.get('/files/privacy/record.html', async (context) => {
    const { workspaceId, actor } = authoriseInWorkspace('privacy.manage', await context.get('caller')())
    const asked = context.req.query('language') ?? ''
    const language = (LANGUAGES.includes(asked) ? asked : 'en') as Language
    const document = await services.database.inWorkspace(workspaceId, actor, (tx) =>
      recordOfProcessing(tx, services, { language, format: 'html', register: register(), kinds: retention() }),
    )
    return context.body(document, 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
      'cache-control': 'private, no-store',
    })
  })
}
