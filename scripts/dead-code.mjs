// Runs knip, which needs the programmatic interface that TypeScript 7 does not have yet: it gets TypeScript 5 instead.
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) => next(specifier === 'typescript' ? 'typescript-5' : specifier, context),
})
await import('../node_modules/knip/bin/knip.js')
