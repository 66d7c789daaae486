import { blueskyAccount, blueskyStream } from './bluesky/index.ts'
import type { Connector } from './connector.ts'
import { feeds } from './feeds/index.ts'
import { mail } from './mail/index.ts'
import type { Outside } from './outside.ts'

export * from './connector.ts'
export { readDate } from './dates.ts'
export * from './files/index.ts'
export { installationSettings, profileReaders } from './installation.ts'
export { NOT_YET } from './not-yet.ts'
export { type Outside, type OutsideRules, openOutside } from './outside.ts'
export { startTwinProcess, type TwinAccount, type TwinProcess } from './twin.ts'

/** Every network the installation can reach, by the name that a source stores. */
export function openConnectors(outside: Outside): ReadonlyMap<string, Connector> {
  const connectors: Connector[] = [feeds(outside), blueskyStream(outside), blueskyAccount(outside), mail(outside)]
  return new Map(connectors.map((connector) => [connector.network, connector]))
}
