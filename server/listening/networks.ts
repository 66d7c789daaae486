import { type Connector, installationSettings, openConnectors, openOutside } from '../connectors/index.ts'
import type { Services } from '../platform/services.ts'

const connectorsByServices = new WeakMap<Services, ReadonlyMap<string, Connector>>()

/** The networks of this process, opened once: sessions and parsing threads are shared by everyone who hears or speaks. */
export function connectorsOf(services: Services): ReadonlyMap<string, Connector> {
  const known = connectorsByServices.get(services)
  if (known) return known
  const { config, clock } = services
  const all = openConnectors(openOutside({ allowPrivate: config.allowPrivate, clock }))
  const usable = new Map([...all].filter(([network]) => installationSettings(network, config) !== null))
  connectorsByServices.set(services, usable)
  return usable
}

/** Stands networks in, for tests and the bench; before anything else asks for them. */
export function replaceConnectors(services: Services, connectors: Connector[]): void {
  connectorsByServices.set(services, new Map(connectors.map((connector) => [connector.network, connector])))
}

export const connectorOf = (services: Services, network: string): Connector | null =>
  connectorsOf(services).get(network) ?? null

/** Networks that a workspace can make sources of. What we do not speak is not in the list. */
export function listNetworks(services: Services) {
  return [...connectorsOf(services).values()]
    .filter(({ capabilities }) => capabilities.hears !== 'none' || capabilities.speaks)
    .map(({ network, capabilities }) => ({
      network,
      needs: capabilities.open ? ('nothing' as const) : ('key' as const),
      hears: capabilities.hears,
      speaks: capabilities.speaks,
    }))
}
