import type { Config } from '../platform/config.ts'

/**
 * Streams belong to the installation, so nobody in a workspace decides where they lead. Settings of such a connector, or
 * null when it is switched off; undefined for connectors that workspaces set up themselves.
 */
export function installationSettings(
  network: string,
  config: Pick<Config, 'blueskyStream'>,
): Record<string, unknown> | null | undefined {
  if (network !== 'bluesky-stream') return undefined
  return config.blueskyStream === null ? null : { jetstream: config.blueskyStream }
}
