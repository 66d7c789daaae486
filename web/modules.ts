import { accounts } from './accounts/module.ts'
import type { WebModule } from './platform/module.ts'

/** THE ordered list: the order of the rail. Each module also brings its routes to web/router.ts. */
export const modules: WebModule[] = [accounts]
