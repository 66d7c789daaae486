import { AppBskyFeedLike, AppBskyFeedPost, AppBskyFeedThreadgate, AppBskyGraphBlock, jsonToLex } from '@atproto/api'
import { tid } from '../../server/connectors/bluesky/record-key.ts'
import { POST, type StoredRecord, uriOf, type World } from '../world.ts'
import { invalidRequest, XrpcFault } from './errors.ts'

type Json = Record<string, unknown>

/** What a server takes as it is delivered; how large a picture in a post may be, the lexicon says. */
const BLOB_BYTES_MAX = 5 * 1024 * 1024
/** app.bsky.embed.images#image */
const IMAGE_BYTES_MAX = 2_000_000
const RECORD_KEY = /^[a-zA-Z0-9._~:-]{1,512}$/
const TID = /^[234567abcdefghij][234567a-z]{12}$/

/** Collections whose records a server checks, because it knows them. */
const VALIDATED: Record<string, (record: unknown) => { success: boolean; error?: Error }> = {
  [POST]: (record) => AppBskyFeedPost.validateRecord(record),
  'app.bsky.feed.like': (record) => AppBskyFeedLike.validateRecord(record),
  'app.bsky.feed.threadgate': (record) => AppBskyFeedThreadgate.validateRecord(record),
  'app.bsky.graph.block': (record) => AppBskyGraphBlock.validateRecord(record),
}

/** com.atproto.repo: what an account writes into its own repository. */
export function createRecord(world: World, did: string, body: Json): Json {
  const { collection, record } = checkedWrite(world, did, body)
  const rkey = body.rkey === undefined ? newRecordKey(world) : checkedKey(collection, body.rkey)
  // The real one trips over its own commit: no name, no reason, no second record.
  if (world.records.has(uriOf(did, collection, rkey)))
    throw new XrpcFault(500, 'InternalServerError', 'Internal Server Error')
  return written(world.writeRecord(did, collection, rkey, record))
}

export function putRecord(world: World, did: string, body: Json): Json {
  const { collection, record } = checkedWrite(world, did, body)
  const rkey = checkedKey(collection, body.rkey)
  checkSwap(world.records.get(uriOf(did, collection, rkey)), body.swapRecord)
  return written(world.writeRecord(did, collection, rkey, record))
}

export function deleteRecord(world: World, did: string, body: Json): Json {
  checkRepo(world, did, body)
  const deleted = world.deleteRecord(did, String(body.collection), String(body.rkey))
  return deleted
    ? { commit: { cid: 'bafyreiaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', rev: newRecordKey(world) } }
    : {}
}

export function getRecord(world: World, query: URLSearchParams): Json {
  const account = world.accountOf(query.get('repo') ?? '')
  if (account === undefined) throw invalidRequest(`Could not find repo: ${query.get('repo')}`, 'RepoNotFound')
  const uri = uriOf(account.did, query.get('collection') ?? '', query.get('rkey') ?? '')
  const record = world.records.get(uri)
  if (record === undefined) throw invalidRequest(`Could not locate record: ${uri}`, 'RecordNotFound')
  return { uri, cid: record.cid, value: record.value }
}

export function listRecords(world: World, query: URLSearchParams): Json {
  const account = world.accountOf(query.get('repo') ?? '')
  if (account === undefined) throw invalidRequest(`Could not find repo: ${query.get('repo')}`)
  const before = query.get('cursor')
  const found = [...world.records.values()]
    .filter(
      (one) => one.did === account.did && one.collection === query.get('collection') && (!before || one.rkey < before),
    )
    .sort((one, other) => (one.rkey < other.rkey ? 1 : -1))
    .slice(0, Math.min(Number(query.get('limit') ?? 50), 100))
  const last = found.at(-1)
  return { records: found.map(({ uri, cid, value }) => ({ uri, cid, value })), ...(last ? { cursor: last.rkey } : {}) }
}

export function uploadBlob(world: World, bytes: Uint8Array, mediaType: string): Json {
  if (bytes.byteLength > BLOB_BYTES_MAX) throw new XrpcFault(413, 'PayloadTooLarge', 'request entity too large')
  const cid = world.storeBlob(bytes, mediaType)
  return { blob: { $type: 'blob', ref: { $link: cid }, mimeType: mediaType, size: bytes.byteLength } }
}

function checkedWrite(world: World, did: string, body: Json): { collection: string; record: Json } {
  checkRepo(world, did, body)
  const collection = String(body.collection ?? '')
  const record = body.record as Json | undefined
  if (typeof record !== 'object' || record === null) throw invalidRequest('Input must have the property "record"')
  const validate = VALIDATED[collection]
  if (!validate) return { collection, record }
  const result = validate(jsonToLex(record))
  if (!result.success) throw invalidRequest(`Invalid ${collection} record: ${result.error?.message}`)
  if (collection !== POST) return { collection, record: { $type: collection, ...record } }
  checkImages(collection, record)
  for (const cid of JSON.stringify(record.embed ?? {}).matchAll(/"\$link":"([^"]+)"/g)) {
    if (!world.blobs.has(cid[1] ?? '')) throw invalidRequest(`Could not find blob: ${cid[1]}`, 'BlobNotFound')
  }
  return { collection, record: { $type: collection, ...record } }
}

/** Null: there must be none yet; left out: whatever stands there is written over. */
function checkSwap(standing: StoredRecord | undefined, swap: unknown): void {
  if (swap === undefined || swap === (standing?.cid ?? null)) return
  throw invalidRequest(`Record was at ${standing?.cid ?? 'null'}`, 'InvalidSwap')
}

/** The client library's validation leaves the size to the server. */
function checkImages(collection: string, record: Json): void {
  const { images } = (record.embed ?? {}) as { images?: { image?: { size?: number } }[] }
  for (const [index, { image }] of (images ?? []).entries()) {
    if ((image?.size ?? 0) > IMAGE_BYTES_MAX)
      throw invalidRequest(
        `Invalid ${collection} record: blob too large (maximum ${IMAGE_BYTES_MAX}, got ${image?.size}) at $.embed.images[${index}].image`,
      )
  }
}

function checkRepo(world: World, did: string, body: Json): void {
  const account = world.accountOf(String(body.repo ?? ''))
  if (account === undefined) throw new XrpcFault(403, 'AccountNotFound', 'Account not found')
  if (account.did !== did) throw invalidRequest('Invalid repo')
  if (account.status === 'deactivated') throw invalidRequest('Account is deactivated', 'AccountDeactivated')
}

function checkedKey(collection: string, rkey: unknown): string {
  if (typeof rkey !== 'string' || !RECORD_KEY.test(rkey))
    throw invalidRequest(`Invalid record key (got "${rkey}") at $.rkey`)
  if (collection === POST && !TID.test(rkey))
    throw invalidRequest(`Invalid record key for ${collection}: Invalid TID string (got "${rkey}") at $`)
  return rkey
}

let clockId = 0n
/** A counter in place of the random clock id: two keys of one instant never meet, and a seeded run repeats itself. */
export function newRecordKey(world: World, at = world.now()): string {
  clockId = (clockId + 1n) & 1023n
  return tid(BigInt(Date.parse(at)) * 1_000n + (clockId >> 2n), clockId)
}

const written = (record: StoredRecord): Json => ({
  uri: record.uri,
  cid: record.cid,
  commit: { cid: record.cid, rev: record.rkey },
  validationStatus: record.collection === POST ? 'valid' : 'unknown',
})
