import { contactProblemText } from '../../../contract/contact-problems.ts'
import { importRoutes, importsLoop } from '../../imports/index.ts'
import type { HttpApp } from '../../platform/module.ts'
import type { Services } from '../../platform/services.ts'
import { contactExportRoutes } from './export-routes.ts'
import { runContactImport } from './import-run.ts'

export const contactImportLoop = importsLoop('people.contact-imports', ['contacts'], (services, taken, signal) =>
  runContactImport(services, taken.workspaceId, taken.importId, signal),
)

export function contactRoutes(app: HttpApp, services: Services): void {
  importRoutes(app, services, { kind: 'contacts', path: '/files/contacts/imports', textOf: contactProblemText })
  importRoutes(app, services, { kind: 'purchases', path: '/files/purchases/imports', textOf: contactProblemText })
  contactExportRoutes(app, services)
}
