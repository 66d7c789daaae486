import type { Jetstream } from './atproto/jetstream.ts'
import type { Tokens } from './atproto/tokens.ts'
import { say } from './compose.ts'
import { didFor } from './content-id.ts'
import { type Control, ControlError } from './control.ts'
import type { ArmedFaults, StreamFaults } from './faults.ts'
import type { Messages } from './messages.ts'
import type { Player } from './player.ts'
import type { StormPlayer } from './storm.ts'
import { POST, type StoredRecord, type World } from './world.ts'

/** The parts of a twin that a director has in hand. */
export interface Directed {
  world: World
  player: Player
  storms: StormPlayer
  faults: ArmedFaults
  streamFaults: StreamFaults
  jetstream: Jetstream
  tokens: Tokens
  directMessages: Messages
}

export function controlOf(directed: Directed): Control {
  return {
    ...accountControl(directed),
    ...postControl(directed.world),
    ...messageControl(directed),
    ...articleControl(directed.world),
    ...faultControl(directed),
    ...storyControl(directed.player),
    ...stormControl(directed),
  }
}

function accountControl({
  world,
  tokens,
}: Directed): Pick<Control, 'account' | 'status' | 'rename' | 'expireTokens' | 'revokePassword'> {
  return {
    account: ({ handle, name = handle, bio = '', password = null, followers = 0 }) => {
      if (world.accountOf(handle) !== undefined) fail(`the handle ${handle} is taken`)
      const did = didFor(handle)
      const account = { did, handle: handle.toLowerCase(), name, bio, password, avatarCid: null, followers }
      world.apply({ kind: 'account', ...account, at: world.now() })
      return { did }
    },
    status: ({ account, status }) => {
      const { did } = accountOf(world, account)
      world.apply({ kind: 'status', did, status, at: world.now() })
      return { did }
    },
    rename: ({ account, handle }) => {
      const { did } = accountOf(world, account)
      world.apply({ kind: 'handle', did, handle: handle.toLowerCase(), at: world.now() })
      return { did }
    },
    expireTokens: ({ sessions = false } = {}) => {
      tokens.expire(sessions)
      return { expired: true }
    },
    revokePassword: ({ account }) => {
      const known = accountOf(world, account)
      known.password = null
      tokens.expire(true)
      return { did: known.did }
    },
  }
}

function postControl(world: World): Pick<Control, 'post' | 'edit' | 'remove'> {
  const recordOf = (uri: string): StoredRecord => world.records.get(uri) ?? fail(`no record ${uri}`)
  return {
    post: ({ by, image: picture, ...said }) => {
      const loaded = picture && { ...picture, bytes: Buffer.from(picture.base64, 'base64') }
      const { uri, cid } = say(world, accountOf(world, by).did, { ...said, image: loaded })
      return { uri, cid }
    },
    edit: ({ uri, text: words }) => {
      const { did, rkey, value } = recordOf(uri)
      const { facets, ...rest } = value
      return { uri, cid: world.writeRecord(did, POST, rkey, { ...rest, text: words }).cid }
    },
    remove: ({ uri }) => {
      const { did, collection, rkey } = recordOf(uri)
      return { removed: world.deleteRecord(did, collection, rkey) }
    },
  }
}

function messageControl({ world, directMessages }: Directed): Pick<Control, 'message' | 'takesMessages'> {
  return {
    message: ({ from, to, text }) => {
      const [sender, other] = [accountOf(world, from).did, accountOf(world, to).did]
      const convo = directMessages.between(sender, other) ?? fail('no conversation')
      return { id: directMessages.say(convo, sender, text, world.now()).id }
    },
    takesMessages: ({ account, from }) => {
      directMessages.takes.set(accountOf(world, account).did, from)
      return { from }
    },
  }
}

function articleControl(world: World): Pick<Control, 'article' | 'removeArticle'> {
  return {
    article: ({ site, id, html, title, author = 'Redaktion', language = 'de' }) => {
      const at = world.now()
      const before = world.articles.get(site)?.get(id)
      const article = {
        id,
        title: title ?? before?.title ?? id,
        html,
        author: before?.author ?? author,
        parentId: before?.parentId ?? null,
        stars: before?.stars ?? null,
        language: before?.language ?? language,
        publishedAt: before?.publishedAt ?? at,
        updatedAt: at,
      }
      world.apply({ kind: 'article', site, article, at })
      return { id }
    },
    removeArticle: ({ site, id }) => {
      world.apply({ kind: 'article-deleted', site, id, at: world.now() })
      return { id }
    },
  }
}

function faultControl({
  faults,
  streamFaults,
  jetstream,
}: Directed): Pick<Control, 'fault' | 'clearFaults' | 'streamFaults' | 'cutStreams' | 'sendRaw'> {
  return {
    fault: (fault) => {
      faults.arm(fault)
      return { armed: true }
    },
    clearFaults: () => {
      faults.clear()
      Object.assign(streamFaults, { duplicates: false, disorder: false })
      return { armed: false }
    },
    streamFaults: (wanted) => Object.assign(streamFaults, wanted),
    cutStreams: () => {
      const cut = jetstream.listeners()
      jetstream.cut()
      return { cut }
    },
    sendRaw: ({ frame }) => {
      jetstream.sendRaw(frame)
      return { listeners: jetstream.listeners() }
    },
  }
}

function storyControl(player: Player): Pick<Control, 'incident' | 'advance' | 'speed'> {
  return {
    incident: ({ key }) => ({ events: player.startIncident(key) ?? fail(`no incident ${key}`) }),
    advance: ({ count }) => {
      player.advance(count)
      return { told: count }
    },
    speed: ({ speed }) => {
      player.setSpeed(speed)
      return { speed: player.speed }
    },
  }
}

function stormControl({ storms, world }: Directed): Pick<Control, 'storm' | 'stormTold' | 'endStorms'> {
  return {
    storm: (storm) => {
      accountOf(world, storm.account)
      return { posts: storms.start(storm) }
    },
    stormTold: ({ from }) => ({ posts: storms.told(from) }),
    endStorms: () => {
      storms.stop()
      return { ended: true }
    },
  }
}

const accountOf = (world: World, actor: string) => world.accountOf(actor) ?? fail(`no account ${actor}`)

function fail(message: string): never {
  throw new ControlError(message)
}
