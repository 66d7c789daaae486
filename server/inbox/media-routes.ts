import type { Context } from 'hono'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'
import { servicesOf } from '../platform/fence.ts'
import { isId } from '../platform/ids.ts'
import type { HttpApp, HttpVariables } from '../platform/module.ts'
import { authoriseInWorkspace, type Veil } from '../platform/procedures.ts'
import type { Services } from '../platform/services.ts'
import { fileHeaders } from '../publishing/index.ts'
import { fetchFilmPart } from './film.ts'
import { avatarAddress, fetchMedium, type Medium, mediaAddress } from './media.ts'

/** As long as a deleted post may still be seen somewhere. */
const CACHED_SECONDS = 60

export function mediaRoutes(app: HttpApp, services: Services): void {
  app.get('/media/posts/:postId/:index{[0-9]{1,2}}/:preview{preview}?', (context) => {
    const { postId, index, preview } = context.req.param()
    return show(context, services, postId ?? '', (tx) =>
      mediaAddress(tx, postId ?? '', Number(index), preview !== undefined),
    )
  })
  const film = (context: Context<HttpVariables>) => showFilm(context, services)
  app.get('/media/posts/:postId/:index{[0-9]{1,2}}/film', film)
  app.get('/media/posts/:postId/:index{[0-9]{1,2}}/film/:place', film)
  app.get('/media/authors/:authorId', (context) => {
    const authorId = context.req.param('authorId')
    return show(context, services, authorId, (tx, veil) => avatarShown(tx, authorId, veil))
  })
}

/** A face says who somebody is, as a name does: whoever sees a pseudonym sees no picture. */
async function avatarShown(tx: WorkspaceTransaction, authorId: string, veil: Veil | undefined): Promise<string | null> {
  const avatarUrl = await avatarAddress(tx, authorId)
  if (!veil || avatarUrl === null) return avatarUrl
  const shown = await veil.cover(tx, { authorId, avatarUrl })
  return shown.avatarUrl === avatarUrl ? avatarUrl : null
}

/** A playlist, or a piece of it by the numbers that lead there (film.ts). */
function showFilm(context: Context<HttpVariables>, services: Services): Promise<Response> {
  const { postId = '', index = '', place = '' } = context.req.param() as Record<string, string>
  const isPlace = /^(\d{1,4}(-\d{1,4})?)?$/.test(place)
  const numbers = place === '' ? [] : place.split('-').map(Number)
  const workspace = encodeURIComponent(context.req.query('workspace') ?? '')
  const addressOf = (to: readonly number[]) =>
    `/media/posts/${postId}/${index}/film/${to.join('-')}?workspace=${workspace}`
  return show(
    context,
    services,
    postId,
    (tx) => mediaAddress(tx, postId, Number(index), false),
    async (reaching, address) => (isPlace ? fetchFilmPart(reaching, postId, address, numbers, addressOf) : null),
  )
}

async function show(
  context: Context<HttpVariables>,
  services: Services,
  owner: string,
  addressOf: (tx: WorkspaceTransaction, veil: Veil | undefined) => Promise<string | null>,
  fetch: (reaching: Services, address: string) => Promise<Medium | null> = (reaching, address) =>
    fetchMedium(reaching, owner, address),
): Promise<Response> {
  const { workspaceId, actor, veil } = authoriseInWorkspace('posts.read', await context.get('caller')())
  if (!isId(owner)) throw new NotFound('medium-unknown')
  const address = await services.database.inWorkspace(workspaceId, actor, (tx) => addressOf(tx, veil))
  const medium = address && (await fetch(await servicesOf(services, workspaceId), address))
  if (!medium) throw new NotFound('medium-unknown')
  const headers = fileHeaders(medium.mediaType, CACHED_SECONDS)
  const range = rangeOf(context.req.header('range'), medium.bytes.length)
  if (!range) return context.body(new Uint8Array(medium.bytes), 200, { ...headers, 'accept-ranges': 'bytes' })
  return context.body(new Uint8Array(medium.bytes.subarray(range.from, range.to + 1)), 206, {
    ...headers,
    'content-range': `bytes ${range.from}-${range.to}/${medium.bytes.length}`,
  })
}

/** One range, as players of films ask for; anything else gets the whole (RFC 9110, 14.2). */
export function rangeOf(header: string | undefined, length: number): { from: number; to: number } | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return null
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first)
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1)
  return from <= to && from < length ? { from, to } : null
}
