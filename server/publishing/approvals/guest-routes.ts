import { NotFound } from '../../platform/errors.ts'
import type { HttpApp } from '../../platform/module.ts'
import type { Services } from '../../platform/services.ts'
import { fileHeaders } from '../attachment-routes.ts'
import { asGuest, pictureForGuest } from './guests.ts'

/** As the page of a guest sends it: in a header, so that it stands in no address and no log. */
const TOKEN_HEADER = 'x-rapport-guest'
const TOKEN = /^[A-Za-z0-9_-]{43}$/

export function guestRoutes(app: HttpApp, services: Services): void {
  app.get('/files/guest-pictures/:index{[0-9]}', async (context) => {
    const token = context.req.header(TOKEN_HEADER) ?? ''
    if (!TOKEN.test(token)) throw new NotFound('guest-unknown')
    const given = { token, clientAddress: context.get('clientAddress') }
    const { bytes, mediaType } = await asGuest(services, given, (tx, guest) =>
      pictureForGuest(services, tx, guest, Number(context.req.param('index'))),
    )
    // The address is the same for every link: what one showed must not stand on the page of another, nor outlive its end.
    const headers = { ...fileHeaders(mediaType, 0), 'cache-control': 'no-store' }
    return context.body(new Uint8Array(bytes), 200, headers)
  })
}
