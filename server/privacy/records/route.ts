import type { Permission } from '../../../contract/permissions.ts'
import type { HttpApp } from '../../platform/module.ts'
import type { DataRegister } from '../../platform/personal-data.ts'
import { authoriseInWorkspace } from '../../platform/procedures.ts'
import type { RetentionKind } from '../../platform/retention.ts'
import type { Services } from '../../platform/services.ts'
import type { Language } from '../access/labels.ts'
import { recordOfProcessing } from './record.ts'
import { staffRecord, type TrailTexts } from './staff-record.ts'

const LANGUAGES: readonly string[] = ['de', 'nl', 'en'] satisfies Language[]

interface Declared {
  eventPermissions(): ReadonlyMap<string, Permission>
  register(): DataRegister
  retention(): readonly RetentionKind[]
  trailTexts: TrailTexts
}

/** The records as pages of their own, shown in a frame of ours and printed from there. They may run nothing and fetch nothing. */
export function recordRoute(app: HttpApp, services: Services, declared: Declared): void {
  const page = (address: string, permission: Permission, write: typeof staffRecord) =>
    app.get(address, async (context) => {
      const { workspaceId, actor } = authoriseInWorkspace(permission, await context.get('caller')())
      const asked = context.req.query('language') ?? ''
      const language = (LANGUAGES.includes(asked) ? asked : 'en') as Language
      const document = await services.database.inWorkspace(workspaceId, actor, (tx) =>
        write(tx, services, {
          language,
          format: 'html',
          register: declared.register(),
          kinds: declared.retention(),
          eventPermissions: declared.eventPermissions(),
          trailTexts: declared.trailTexts,
        }),
      )
      return context.body(document, 200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
        'cache-control': 'private, no-store',
      })
    })
  page('/files/privacy/record.html', 'privacy.manage', recordOfProcessing)
  page('/files/privacy/staff-record.html', 'staff.council', staffRecord)
}
