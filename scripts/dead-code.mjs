// Runs knip, which needs the programmatic interface that TypeScript 7 does not have yet: it gets the TypeScript 5 that
// ts-morph carries. (TypeScript 5 as a package of its own would take over the command tsc.)
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

const typescript5 = pathToFileURL(
  new URL('../node_modules/@ts-morph/common/dist/typescript.js', import.meta.url).pathname,
).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'typescript'
      ? { url: typescript5, format: 'commonjs', shortCircuit: true }
      : next(specifier, context),
})
await import('../node_modules/knip/bin/knip.js')
