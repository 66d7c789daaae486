import { Hono } from 'hono'
import { incidents, sites, workspaceSeeds } from '../seeds/index.ts'
import { type Control, ControlError, controlInputs } from './control.ts'
import { html, pageResponse, styleResponse } from './html.ts'
import { postHtml } from './network-pages.ts'
import type { World } from './world.ts'

const POSTS_SHOWN = 40
/** A name of somebody else's that leads here (DNS rebinding) does not make them the director. */
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/

/** The start page and `/_twin/…`. Only JSON is taken, which no foreign page can send without being asked first. */
export function controlRoutes(world: World, control: () => Control): Hono {
  const app = new Hono()
  app.get('/', () => startPage(world))
  app.get('/_twin/page.css', styleResponse)
  app.get('/_twin/page.js', () => new Response(SCRIPT, { headers: { 'content-type': 'text/javascript' } }))
  app.get('/_twin/incidents', (c) =>
    c.json(incidents.map(({ key, workspace, title, about }) => ({ key, workspace, title, about }))),
  )
  app.post('/_twin/:name', async (c) => {
    const name = c.req.param('name') as keyof Control
    const schema = Object.hasOwn(controlInputs, name) ? controlInputs[name] : undefined
    if (schema === undefined) return c.json({ error: 'no such control' }, 404)
    if (!LOOPBACK.test(c.req.header('host') ?? '')) return c.json({ error: 'directed from this machine only' }, 403)
    if (!c.req.header('content-type')?.startsWith('application/json')) return c.json({ error: 'send JSON' }, 415)
    const input = schema.safeParse(await c.req.json().catch(() => null))
    if (!input.success) return c.json({ error: input.error.issues.map((issue) => issue.message).join('; ') }, 400)
    try {
      return c.json((control()[name] as (given: unknown) => object)(input.data))
    } catch (error) {
      if (error instanceof ControlError) return c.json({ error: error.message }, 404)
      throw error
    }
  })
  return app
}

const FOR_LONG = 10_000

/** What somebody in charge should have seen once before it happens to them. */
const badDays: { title: string; about: string; control: keyof Control; input: object }[] = [
  {
    title: 'The sites are down',
    about: 'Every page and feed answers 503.',
    control: 'fault',
    input: { kind: 'server-error', path: '/sites/', status: 503, times: FOR_LONG },
  },
  {
    title: 'The network asks for a pause',
    about: 'Bluesky answers 429 and names the time when it will answer again.',
    control: 'fault',
    input: { kind: 'rate-limit', path: '/xrpc/', retryAfterSeconds: 120, times: FOR_LONG },
  },
  {
    title: 'The network is slow',
    about: 'Each answer of Bluesky takes five seconds.',
    control: 'fault',
    input: { kind: 'slow', path: '/xrpc/', delayMs: 5_000, times: FOR_LONG },
  },
]

const button = (label: string, control: keyof Control, input: object) =>
  html`<button data-control="${control}" data-input="${JSON.stringify(input)}">${label}</button>`

function startPage(world: World): Response {
  const latest = world.visiblePosts().slice(0, POSTS_SHOWN)
  const body = html`<header><h1>The twin</h1><p>A small world that plays the networks. Nobody in it exists.</p></header>
<h2>Incidents</h2><p>Start one, and watch the inbox of its workspace for some minutes.</p>${incidents.map(
    (one) =>
      html`<article>${button('Start', 'incident', { key: one.key })} <b>${one.title}</b><p class="quiet">${one.about} Shown in the workspace ${nameOf(one.workspace)}.</p></article>`,
  )}
<h2>Bad days</h2><p>Start one, and watch the sources and the health page of a workspace. Each goes on until everything works again.</p>${badDays.map(
    (one) =>
      html`<article>${button('Start', one.control, one.input)} <b>${one.title}</b><p class="quiet">${one.about}</p></article>`,
  )}<p>${button('Everything works again', 'clearFaults', {})}</p>
<h2>Sites</h2><p>${sites.map((site) => html`<a href="/sites/${site.key}/">${site.name}</a> `)}</p>
<h2>Latest posts</h2>${latest.map((record) => postHtml(world, record))}`
  return pageResponse({ title: 'The twin', body, head: html`<script src="/_twin/page.js" defer></script>` })
}

const nameOf = (workspace: string): string => workspaceSeeds.find(({ key }) => key === workspace)?.name ?? workspace

const SCRIPT = `for (const button of document.querySelectorAll('[data-control]'))
  button.addEventListener('click', async () => {
    const label = button.textContent
    button.disabled = true
    const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: button.dataset.input }
    const answer = await fetch('/_twin/' + button.dataset.control, options)
    button.textContent = answer.ok ? 'Done' : 'Failed'
    if (button.dataset.control !== 'incident') setTimeout(() => { button.disabled = false; button.textContent = label }, 2000)
  })
`
