import { randomBytes } from 'node:crypto'
import type { AnyContractRouter } from '@orpc/contract'
import { OpenAPIGenerator } from '@orpc/openapi'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { ORPCError, onError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fetch'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import type { CallerOf } from './callers.ts'
import { isKnownError } from './errors.ts'
import { type Live, mountLive } from './live.ts'
import { type Metrics, metricsToken, mountMetrics } from './metrics.ts'
import type { HttpApp, HttpVariables, Module } from './module.ts'
import type { Caller, CustomerVisit, RequestContext } from './procedures.ts'
import type { Services } from './services.ts'
import { serveWeb } from './web-files.ts'

/** Uploads have routes and limits of their own. */
const RPC_BODY_BYTES_MAX = 1024 * 1024
const TLS_REMEMBERED_SECONDS = 365 * 24 * 3600
const BAD_GATEWAY = 502
/** The address of a caller without a socket: tests and the demo speak to the app in its own process. */
const IN_PROCESS = '127.0.0.1'

export interface HttpOptions {
  services: Services
  modules: Module[]
  contract: AnyContractRouter
  callerOf: CallerOf
  visitOf(services: Services, headers: Headers): Promise<CustomerVisit | null>
  webFolder: string
  live: Live
  metrics: Metrics
}

/** The whole web side: security headers, procedures as RPC and as REST, the modules' own routes, the web app's files. */
export function createHttpApp(options: HttpOptions): HttpApp {
  const { services, modules } = options
  const app: HttpApp = new Hono<HttpVariables>()
  const overTls = services.config.publicUrl.startsWith('https:')
  app.use(options.metrics.middleware)
  app.use(async (context, next) => {
    context.set('nonce', randomBytes(16).toString('base64'))
    context.set('clientAddress', clientAddressOf(context, services.config.trustedProxies))
    let caller: Promise<Caller | null> | undefined
    context.set('caller', () => {
      const { headers } = context.req.raw
      caller ??= options.callerOf(services, headers, context.get('clientAddress'), workspaceInAddress(context))
      return caller
    })
    let visit: Promise<CustomerVisit | null> | undefined
    context.set('visit', () => {
      visit ??= options.visitOf(services, context.req.raw.headers)
      return visit
    })
    await next()
    secure(context)
    if (overTls) context.res.headers.set('strict-transport-security', `max-age=${TLS_REMEMBERED_SECONDS}`)
  })
  app.use(refuseForeignOrigin)
  app.onError((error, context) => {
    if (isKnownError(error))
      return context.json({ code: error.code, params: error.params }, statusOfRoute(error.constructor.name))
    // What the web framework itself refuses: a body above its limit.
    if (error instanceof HTTPException)
      return context.json({ code: error.status === 413 ? 'too-large' : 'refused', params: {} }, error.status)
    const incident = randomBytes(4).toString('hex')
    // The template, because an address may hold a token.
    services.log.error({ err: error, incident, route: routePath(context) }, 'request failed')
    return context.json({ code: 'internal', params: { incident } }, 500)
  })
  mountProcedures(app, options)
  mountLive(app, options.live)
  mountMetrics(app, options.metrics, metricsToken(services.secrets))
  for (const module of modules) module.routes?.(app, services)
  serveWeb(app, options.webFolder)
  return app
}

/** Pictures and downloads are fetched by the page itself, which sends no headers of ours: they say ?workspace=. */
const workspaceInAddress = (context: Context<HttpVariables>): string | undefined =>
  /^\/(media|files)\//.test(context.req.path) ? context.req.query('workspace') : undefined

function mountProcedures(app: HttpApp, { services, modules, contract }: HttpOptions): void {
  const router = Object.fromEntries(
    modules.filter((module) => module.router).map((module) => [module.name, module.router]),
  ) as never
  const logBug = (error: unknown) => {
    if (error instanceof Error && 'status' in error && Number(error.status) < 500) return
    // What lies outside and did not do what it was asked: nobody has to mend Rapport for that.
    if (error instanceof ORPCError && error.status === BAD_GATEWAY)
      services.log.warn({ failure: error.data }, 'somebody outside did not accept a request')
    else services.log.error({ err: error }, 'procedure failed')
  }
  const rpc = new RPCHandler<RequestContext>(router, { interceptors: [onError(logBug)] })
  const rest = new OpenAPIHandler<RequestContext>(router, { interceptors: [onError(logBug)] })
  const answer =
    (handler: typeof rpc | typeof rest, prefix: `/${string}`) => async (context: Context<HttpVariables>) => {
      const answerHeaders = new Headers()
      const { response } = await handler.handle(context.req.raw, {
        prefix,
        context: {
          services,
          headers: context.req.raw.headers,
          clientAddress: context.get('clientAddress'),
          caller: context.get('caller'),
          visit: context.get('visit'),
          answerHeaders,
        },
      })
      if (!response) return context.json({ code: 'not-found', params: {} }, 404)
      for (const [name, value] of answerHeaders) response.headers.append(name, value)
      return response
    }
  const limit = bodyLimit({ maxSize: RPC_BODY_BYTES_MAX })
  app.all('/rpc/*', limit, answer(rpc, '/rpc'))
  app.get('/api/openapi.json', async (context) => context.json(await describeApi(contract, services.config.publicUrl)))
  app.all('/api/v1/*', limit, answer(rest, '/api/v1'))
}

let described: Promise<unknown> | undefined
function describeApi(contract: AnyContractRouter, publicUrl: string): Promise<unknown> {
  described ??= new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
    info: {
      title: 'Rapport',
      version: '1',
      description:
        'Everything that the screens do. Send an API key as `Authorization: Bearer rk_…`; a key belongs to one workspace.',
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  })
  return described
}

const STATUS = {
  NotFound: 404,
  Forbidden: 403,
  Unauthenticated: 401,
  Conflict: 409,
  Invalid: 400,
  TooMany: 429,
  Upstream: 502,
} as const
const statusOfRoute = (name: string) => STATUS[name as keyof typeof STATUS] ?? 500

/** A browser always says where a write comes from; a page of another origin may not write with our cookies. */
async function refuseForeignOrigin(context: Context<HttpVariables>, next: () => Promise<void>) {
  const origin = context.req.header('origin')
  const writes = context.req.method !== 'GET' && context.req.method !== 'HEAD'
  if (writes && origin && context.req.header('cookie') && hostOf(origin) !== context.req.header('host'))
    return context.json({ code: 'foreign-origin', params: {} }, 403)
  await next()
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)

function secure(context: Context<HttpVariables>): void {
  const headers = context.res.headers
  // Style attributes are how the component library and the virtual lists position things; style elements need the nonce.
  if (!headers.has('content-security-policy'))
    headers.set(
      'content-security-policy',
      [
        `default-src 'none'`,
        `script-src 'self'`,
        `style-src 'self' 'nonce-${context.get('nonce')}'`,
        `style-src-attr 'unsafe-inline'`,
        `img-src 'self' data: blob:`,
        `media-src 'self' blob:`,
        `font-src 'self'`,
        `connect-src 'self'`,
        `manifest-src 'self'`,
        `worker-src 'self'`,
        `frame-src 'self'`,
        `frame-ancestors 'none'`,
        `base-uri 'none'`,
        `form-action 'self'`,
      ].join('; '),
    )
  headers.set('x-content-type-options', 'nosniff')
  headers.set('referrer-policy', 'same-origin')
  headers.set('cross-origin-opener-policy', 'same-origin')
  if (!headers.has('cross-origin-resource-policy')) headers.set('cross-origin-resource-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()')
}

function clientAddressOf(context: Context, trustedProxies: number): string {
  const direct =
    (context.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket
      ?.remoteAddress ?? IN_PROCESS
  if (trustedProxies === 0) return direct
  const chain = (context.req.header('x-forwarded-for') ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
  return chain.at(-trustedProxies) ?? direct
}
