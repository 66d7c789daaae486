import { Hono } from 'hono'
import { z } from 'zod'
import { html, pageResponse } from './html.ts'

const KEPT_MAX = 200

export interface TextMessage {
  to: string
  text: string
}

const message = z.object({ to: z.string().regex(/^\+[1-9]\d{6,14}$/), text: z.string().min(1).max(1_000) })

/** Every telephone there is: a gateway that takes text messages as JSON (`POST /sms`), and a page that shows them (`/sms`). */
export function telephoneRoutes(messages: TextMessage[]): Hono {
  const app = new Hono()
  app.post('/sms', async (c) => {
    const given = message.safeParse(await c.req.json().catch(() => null))
    if (!given.success) return c.json({ error: 'a number with its country, and a text' }, 400)
    messages.push(given.data)
    messages.splice(0, Math.max(0, messages.length - KEPT_MAX))
    return c.json({ accepted: true }, 202)
  })
  app.get('/sms', () =>
    pageResponse({
      title: 'Text messages',
      body: html`<h1>Text messages</h1>${messages.toReversed().map(({ to, text }) => html`<article><b>${to}</b><p>${text}</p></article>`)}`,
    }),
  )
  return app
}
