// Shows what is pushed, leads to it, and says so when there is no connection. Keeps nothing: what customers and colleagues say
// never lies in a browser's cache. The shape of a message is PushMessage in server/notifications/push-message.ts.
const OFFLINE = {
  en: ['No connection', 'Rapport cannot be reached. What you typed is kept on this device.', 'Try again'],
  de: [
    'Keine Verbindung',
    'Rapport ist nicht zu erreichen. Ihr Text bleibt auf diesem Gerät erhalten.',
    'Erneut versuchen',
  ],
  nl: [
    'Geen verbinding',
    'Rapport is niet te bereiken. Wat je typte blijft op dit apparaat staan.',
    'Opnieuw proberen',
  ],
}

/** So long a window may take to say that it goes where a notification leads. */
const ANSWER_MS_MAX = 1_000

addEventListener('install', () => self.skipWaiting())
addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.respondWith(fetch(event.request).catch(() => offline()))
})

addEventListener('push', (event) => event.waitUntil(show(event.data)))
addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data.url))
})

/** Browsers ask that each push shows something; whoever looks at this workspace right now sees it there. */
async function show(data) {
  const message = messageOf(data)
  const windows = await self.clients.matchAll({ type: 'window' })
  if (windows.some(({ focused, url }) => focused && workspaceOf(url) === workspaceOf(message.url))) return
  await self.registration.showNotification(message.title, {
    body: message.body,
    tag: message.tag,
    renotify: true,
    lang: message.language,
    icon: '/icons/icon-192.png',
    data: { url: message.url },
  })
}

/** A push that cannot be read still leads somewhere: an empty notification would be the browser's own words. */
function messageOf(data) {
  try {
    const { title, body, tag, language, url } = data.json()
    return { title, body, tag, language, url: ownAddress(url) }
  } catch {
    return { title: 'Rapport', body: '', tag: 'rapport', language: 'en', url: '/' }
  }
}

/** A window shows what is told in one workspace, and nothing of the others that its reader is in. */
function workspaceOf(url) {
  const [, place, slug] = new URL(url, self.location.origin).pathname.split('/')
  return place === 'w' ? slug : undefined
}

/** Only to this site, whatever a message says. */
function ownAddress(url) {
  const address = new URL(url, self.location.origin)
  return address.origin === self.location.origin ? address.href : '/'
}

/** In a window that is open already, which goes there itself: loading it anew would lose what is typed there. */
async function open(url) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const [one] = windows.filter((client) => new URL(client.url).pathname.startsWith('/w/'))
  if (!one) return self.clients.openWindow(url)
  const focused = await one.focus().catch(() => one)
  if (!(await takes(focused, url))) return focused.navigate(url).catch(() => self.clients.openWindow(url))
}

/** Whether the window says that it goes there (web/shell/opened-notification.tsx); one that is stuck says nothing. */
function takes(client, url) {
  const { pathname, search, hash } = new URL(url, self.location.origin)
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => resolve(true)
    setTimeout(() => resolve(false), ANSWER_MS_MAX)
    client.postMessage({ open: pathname + search + hash }, [port2])
  })
}

function offline() {
  const language = Object.keys(OFFLINE).find((known) => self.navigator.language.startsWith(known)) ?? 'en'
  const [title, text, again] = OFFLINE[language]
  const page = `<!doctype html><html lang="${language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${title} · Rapport</title>
<style>body{display:grid;place-content:center;min-height:90vh;margin:16px;font:16px/1.5 system-ui;text-align:center}
h1{font-size:20px}a{color:inherit}</style>
<main><h1>${title}</h1><p>${text}</p><p><a href="">${again}</a></p></main></html>`
  return new Response(page, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } })
}
