import type { Config } from '../platform/config.ts'

/**
 * Streams belong to the installation, so nobody in a workspace decides where they lead. Settings of such a connector, or
 * null when it is switched off; undefined for connectors that workspaces set up themselves.
 */
export function installationSettings(
  network: string,
  config: Pick<Config, 'blueskyStream' | 'blueskyApp'>,
): Record<string, unknown> | null | undefined {
  if (network !== 'bluesky-stream') return undefined
  const { blueskyStream: jetstream, blueskyApp: app } = config
  if (jetstream === null) return null
  return app === null ? { jetstream } : { jetstream, web: app, images: app, videos: app, appView: app }
}

/**
 * Networks whose accounts can be looked up without anybody's credentials: which connector knows them, and its settings.
 * A stream names accounts by id alone, so somebody has to ask for handle and name.
 */
export function profileReaders(
  config: Pick<Config, 'blueskyStream' | 'blueskyApp'>,
): { network: string; connector: string; settings: Record<string, unknown> }[] {
  const settings = installationSettings('bluesky-stream', config)
  return settings ? [{ network: 'bluesky', connector: 'bluesky-stream', settings }] : []
}
