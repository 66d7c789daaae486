import { NotFound } from '../platform/errors.ts'
import { isId } from '../platform/ids.ts'
import type { HttpApp } from '../platform/module.ts'
import { authoriseInWorkspace } from '../platform/procedures.ts'
import type { Services } from '../platform/services.ts'
import { readReport } from './audits.ts'
import { REPORT_LANGUAGES, type ReportLanguage } from './report/formats.ts'
import { REPORT_POLICY, reportPage } from './report/page.ts'

/** The report as a page: shown in a frame of ours, or downloaded. It may run nothing and fetch nothing. */
export function reportRoute(app: HttpApp, services: Services): void {
  app.get('/files/audits/:file{[0-9a-f-]{36}\\.html}', async (context) => {
    const workspace = authoriseInWorkspace('audits.read', await context.get('caller')())
    const auditId = context.req.param('file').replace(/\.html$/, '')
    if (!isId(auditId)) throw new NotFound('audit-unknown')
    const asked = context.req.query('language') as ReportLanguage
    const language = REPORT_LANGUAGES.includes(asked) ? asked : 'en'
    const report = await services.database.inWorkspace(workspace.workspaceId, workspace.actor, async (tx) => {
      const read = await readReport(tx, auditId)
      const veiled = workspace.veil ? await workspace.veil.cover(tx, read) : read
      return workspace.mask ? workspace.mask(tx, veiled) : veiled
    })
    const file = `audit-${report.madeAt.slice(0, 10)}.html`
    return context.body(reportPage(report, language), 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${REPORT_POLICY}; frame-ancestors 'self'; sandbox allow-popups allow-downloads allow-modals`,
      'cache-control': 'private, no-store',
      ...(context.req.query('download') ? { 'content-disposition': `attachment; filename="${file}"` } : {}),
    })
  })
}
