import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Hono } from 'hono'
import { serveJetstream } from './atproto/jetstream.ts'
import { xrpcRoutes } from './atproto/routes.ts'
import { Tokens } from './atproto/tokens.ts'
import { viewsOf } from './atproto/views.ts'
import type { Control } from './control.ts'
import { controlRoutes } from './control-routes.ts'
import { controlOf, type Directed } from './director.ts'
import { armedFaults, type StreamFaults } from './faults.ts'
import { openJournal } from './journal.ts'
import { faultyServer } from './listener.ts'
import { Messages } from './messages.ts'
import { networkPages } from './network-pages.ts'
import { Player } from './player.ts'
import { siteRoutes } from './sites/routes.ts'
import { StormPlayer } from './storm.ts'
import { type TextMessage, telephoneRoutes } from './telephones.ts'
import { World } from './world.ts'

export interface TwinOptions {
  /** 0 or nothing: any free port. */
  port?: number
  seed?: number
  /** How fast the endless story runs; 0: it stands still until told otherwise. */
  speed?: number
  clock?: { now(): Date }
  /** Keeps the world in this folder over restarts. */
  folder?: string
  /** False: an empty world without cast and history, for tests that bring their own. */
  story?: boolean
}

export interface TwinUrls {
  base: string
  /** Settings of both Bluesky connectors, as their parseSettings takes them. */
  bluesky: { service: string; appView: string; jetstream: string; images: string; videos: string; web: string }
  site(key: string): string
  /** A gateway for text messages: JSON with `to` and `text`. */
  gateway: string
  feed(key: string, format: 'rss.xml' | 'atom.xml' | 'feed.json'): string
  /** What an installation must allow to reach the twin. */
  allowPrivate: string[]
}

export interface Twin extends Directed {
  urls: TwinUrls
  control: Control
  /** What was sent to telephones, oldest first. */
  messages: readonly TextMessage[]
  stop(): Promise<void>
}

/** Listens on loopback only: whoever reaches the twin directs it. */
export async function startTwin(options: TwinOptions = {}): Promise<Twin> {
  const clock = options.clock ?? { now: () => new Date() }
  const world = new World(() => clock.now())
  const player = new Player(world, options.seed ?? 1, options.speed ?? 0)
  const known = options.folder === undefined ? false : world.continueFrom(openJournal(options.folder))
  if (!known && options.story !== false) {
    player.setUp()
    player.tellPast()
  }
  const storms = new StormPlayer(world)
  const faults = armedFaults()
  const streamFaults: StreamFaults = { duplicates: false, disorder: false }
  const tokens = new Tokens(world)
  let base = ''
  let control: Control
  const views = viewsOf(world, () => base)
  const app = new Hono()
  const directMessages = new Messages()
  app.route('/xrpc', xrpcRoutes(world, views, tokens, directMessages))
  app.route('/', networkPages(world, views))
  const messages: TextMessage[] = []
  app.route('/', telephoneRoutes(messages))
  app.route(
    '/',
    siteRoutes(world, () => base),
  )
  app.route(
    '/',
    controlRoutes(world, () => control),
  )
  const server = faultyServer((request) => app.fetch(request), faults)
  const jetstream = serveJetstream(server, world, faults, streamFaults)
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const parts = { world, player, storms, faults, streamFaults, jetstream, tokens, directMessages }
  control = controlOf(parts)
  player.start()
  const stop = async (): Promise<void> => {
    player.stop()
    storms.stop()
    jetstream.close()
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { ...parts, urls: urlsOf(base), control, messages, stop }
}

function urlsOf(base: string): TwinUrls {
  return {
    base,
    bluesky: {
      service: base,
      appView: base,
      jetstream: base.replace(/^http/, 'ws'),
      images: base,
      videos: base,
      web: base,
    },
    gateway: `${base}/sms`,
    site: (key) => `${base}/sites/${key}/`,
    feed: (key, format) => `${base}/sites/${key}/${format}`,
    allowPrivate: [new URL(base).host],
  }
}
