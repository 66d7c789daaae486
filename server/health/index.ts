import { health as contract } from '../../contract/health.ts'
import type { Module } from '../platform/module.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import { forgetFailedJobs, readHealth } from './overview.ts'

const procedures = implementer<WorkspaceContext>()(contract)

export const health: Module = {
  name: 'health',
  router: { overview: procedures.overview.handler(({ context: { tx, services } }) => readHealth(tx, services)) },
  tasks: { 'forget-failed-jobs': (services) => forgetFailedJobs(services) },
  /** For machines: alive at all, and ready to serve. Neither says anything about data. */
  routes(app, services) {
    app.get('/healthz', (context) => context.json({ alive: true }))
    app.get('/readyz', async (context) => {
      const ready = await services.database.system
        .selectFrom('system.workspace')
        .select('id')
        .limit(1)
        .execute()
        .then(
          () => true,
          () => false,
        )
      return context.json({ ready }, ready ? 200 : 503)
    })
  },
}
