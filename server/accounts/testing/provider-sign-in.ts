import type { TestApp } from '../../testing/app.ts'

export const ORIGIN = 'http://localhost:3000'
const STEPS_MAX = 12

const cookiesOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

/** What a browser does: our button, the provider's log-in and consent forms, back to us. Returns our last answer. */
export async function signInThroughProvider(
  app: TestApp,
  login: string,
): Promise<{ cookie: string; location: string }> {
  const begin = await app.request('/api/auth/sign-in/social', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify({ provider: 'oidc', callbackURL: '/', errorCallbackURL: '/sign-in' }),
  })
  const { url } = (await begin.json()) as { url: string }
  const address = await walkThrough(url, login)
  const back = await app.request(address.slice(ORIGIN.length), {
    headers: { cookie: cookiesOf(begin), 'accept-language': 'fr-FR,de-DE;q=0.9,en;q=0.8' },
  })
  return { cookie: cookiesOf(back), location: back.headers.get('location') ?? '' }
}

export async function walkThrough(start: string, login: string): Promise<string> {
  const jar = new Map<string, string>()
  const ask = async (address: string, form?: URLSearchParams) => {
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...jar.values()].join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    })
    for (const line of answer.headers.getSetCookie()) jar.set(line.split('=')[0] ?? '', line.split(';')[0] ?? '')
    return answer
  }
  let address = start
  for (let step = 0; step < STEPS_MAX && !address.startsWith(ORIGIN); step++) {
    const page = await ask(address)
    let location = page.headers.get('location')
    if (!location) {
      const html = await page.text()
      const action = new URL(/action="([^"]+)"/.exec(html)?.[1] ?? '', address).href
      const prompt = /name="prompt" value="([^"]+)"/.exec(html)?.[1] ?? ''
      location = (await ask(action, new URLSearchParams({ prompt, login, password: 'any' }))).headers.get('location')
    }
    address = new URL(location ?? '', address).href
  }
  return address
}
