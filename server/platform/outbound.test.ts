import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { fetchOutside, type OutboundOptions, outboundUserAgent } from './outbound.ts'
import type { ResolveName } from './outbound-address.ts'

const servers: (Server | TcpServer)[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function serve(listener: RequestListener): Promise<string> {
  return listen(createServer(listener))
}

async function serveBytes(write: (write: (bytes: string) => void, end: () => void) => void): Promise<string> {
  return listen(
    createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () =>
        write(
          (bytes) => socket.write(bytes),
          () => socket.destroy(),
        ),
      )
    }),
  )
}

async function listen(server: Server | TcpServer): Promise<string> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const loopback: OutboundOptions = { allowPrivate: ['127.0.0.0/8'], timeoutMs: 5000 }

async function failureOf(address: string, options: OutboundOptions = {}): Promise<string> {
  const outcome = await fetchOutside(address, { timeoutMs: 5000, ...options })
  return outcome.ok ? `answered ${outcome.value.status}` : outcome.failure.name
}

async function textOf(address: string, options: OutboundOptions = loopback): Promise<string> {
  const outcome = await fetchOutside(address, options)
  return outcome.ok ? Buffer.from(outcome.value.body).toString() : outcome.failure.name
}

describe('addresses', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.255.255.254/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://192.0.2.1/',
    'http://198.18.0.1/',
    'http://240.0.0.1/',
    'http://[::1]/',
    'http://[::]/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://[ff02::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:8.8.8.8]/',
    'http://[::ffff:0:127.0.0.1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[64:ff9b:1::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://[fec0::1]/',
    'http://[4000::1]/',
    'http://localhost/',
    'http://localhost./',
    'http://LOCALHOST:3000/',
  ])('refuses %s as private', async (address) => {
    expect(await failureOf(address)).toBe('forbidden-address')
  })

  test.each([
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://010.8.8.8/',
    'http://134744072/',
    'http://１２７.0.0.1/',
    'http://127。0。0。1/',
    'http://user:secret@example.com/',
    'http://user@example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'data:text/plain,hello',
    'javascript:alert(1)',
    'http://',
    'no address',
    '',
    `http://example.com/${'a'.repeat(5000)}`,
  ])('refuses %s as a bad address', async (address) => {
    expect(await failureOf(address)).toBe('bad-address')
  })

  test('asks a public name at the address that was checked, with the name in the Host header', async () => {
    const base = await serve((request, response) => response.end(request.headers.host))
    const port = new URL(base).port
    const resolve: ResolveName = async () => [{ address: '127.0.0.1', family: 4 }]
    const options = { ...loopback, resolve }
    expect(await textOf(`http://shop.example:${port}/`, options)).toBe(`shop.example:${port}`)
  })

  test('asks the name once: an answer that turns private later is never used', async () => {
    const base = await serve((_request, response) => response.end('secret'))
    const answers = ['203.0.113.9', '127.0.0.1', '127.0.0.1']
    let asked = 0
    const resolve: ResolveName = async () => [{ address: answers[asked++] ?? '127.0.0.1', family: 4 }]
    // 203.0.113.9 (documentation) stands for a public address: allowed here, and nobody answers there.
    const options = { resolve, allowPrivate: ['203.0.113.9'], timeoutMs: 300 }
    const outcome = await fetchOutside(`http://rebind.example:${new URL(base).port}/`, options)
    expect(outcome.ok).toBe(false)
    expect(asked).toBe(1)
  })

  test('refuses a name with one private address among public ones', async () => {
    const resolve: ResolveName = async () => [
      { address: '93.184.215.14', family: 4 },
      { address: '::ffff:10.0.0.1', family: 6 },
    ]
    expect(await failureOf('http://mixed.example/', { resolve })).toBe('forbidden-address')
  })

  test('names a host that does not exist unreachable', async () => {
    const resolve: ResolveName = async () => {
      throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
    }
    expect(await failureOf('http://nowhere.example/', { resolve })).toBe('unreachable')
    expect(await failureOf('http://empty.example/', { resolve: async () => [] })).toBe('unreachable')
  })

  test('allows by network, address, host name and port, and nothing beside it', async () => {
    const base = await serve((_request, response) => response.end('twin'))
    const { port } = new URL(base)
    const resolve: ResolveName = async () => [{ address: '127.0.0.1', family: 4 }]
    expect(await textOf(base, { allowPrivate: ['127.0.0.0/8'] })).toBe('twin')
    expect(await textOf(base, { allowPrivate: ['127.0.0.1'] })).toBe('twin')
    expect(await textOf(base, { allowPrivate: [`127.0.0.1:${port}`] })).toBe('twin')
    expect(await textOf(`http://twin.example:${port}`, { resolve, allowPrivate: ['twin.example'] })).toBe('twin')
    expect(await failureOf(base, { allowPrivate: ['127.0.0.1:1'] })).toBe('forbidden-address')
    expect(await failureOf(base, { allowPrivate: ['10.0.0.0/8', 'other.example', '[::1]:80'] })).toBe(
      'forbidden-address',
    )
    expect(await failureOf(`http://evil.example:${port}`, { resolve, allowPrivate: ['twin.example'] })).toBe(
      'forbidden-address',
    )
  })
})

describe('redirects', () => {
  test('are followed, and a permanent one says where the address moved', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end()
      else if (request.url === '/new') response.writeHead(302, { location: '/today#part' }).end()
      else response.end(request.url)
    })
    const outcome = await fetchOutside(`${base}/old`, loopback)
    expect(outcome).toMatchObject({
      ok: true,
      value: { status: 200, url: `${base}/today#part`, movedTo: `${base}/new` },
    })
  })

  test('to a private address are refused', async () => {
    const base = await serve((request, response) => {
      response.writeHead(302, { location: decodeURIComponent(request.url?.slice(1) ?? '') }).end()
    })
    const { port } = new URL(base)
    const only: OutboundOptions = { allowPrivate: [`127.0.0.1:${port}`] }
    for (const target of ['http://169.254.169.254/', 'http://[::1]/', 'http://localhost:1/', '//10.0.0.1/x']) {
      expect(await failureOf(`${base}/${encodeURIComponent(target)}`, only)).toBe('forbidden-address')
    }
    for (const target of ['file:///etc/passwd', 'http://2130706433/', 'http://a:b@example.com/', 'http://[']) {
      expect(await failureOf(`${base}/${encodeURIComponent(target)}`, only)).toBe('bad-address')
    }
  })

  test('that never end are cut', async () => {
    const base = await serve((_request, response) => response.writeHead(302, { location: '/' }).end())
    expect(await failureOf(base, loopback)).toBe('too-many-redirects')
    expect(await failureOf(base, { ...loopback, redirectsMax: 0 })).toBe('answered 302')
  })

  test('do not carry secrets to another origin, nor a body where browsers would not', async () => {
    const seen: Record<string, unknown> = {}
    const other = await serve((request, response) => {
      seen.other = request.headers.authorization ?? null
      response.end()
    })
    const base = await serve((request, response) => {
      seen[request.url ?? ''] = [request.method, request.headers.authorization ?? null]
      const next = { '/a': '/b', '/b': other }[request.url ?? '']
      response.writeHead(302, { location: next }).end()
    })
    const headers = { Authorization: 'Bearer key', Cookie: 'a=b' }
    await fetchOutside(`${base}/a`, { ...loopback, method: 'POST', body: 'x', headers })
    expect(seen).toEqual({ '/a': ['POST', 'Bearer key'], '/b': ['GET', 'Bearer key'], other: null })
  })
})

describe('bodies', () => {
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ])('in %s are decoded', async (encoding, compress) => {
    const base = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(compress(Buffer.from('Grüße'))),
    )
    expect(await textOf(base)).toBe('Grüße')
  })

  test('that are bombs stop at the limit, nested or not', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    const base = await serve((request, response) => {
      const twice = request.url === '/twice'
      response.writeHead(200, { 'content-encoding': twice ? 'gzip, gzip' : 'gzip' })
      response.end(twice ? gzipSync(bomb) : bomb)
    })
    const before = process.memoryUsage().rss
    expect(await failureOf(base, { ...loopback, bytesMax: 1_000_000 })).toBe('too-large')
    expect(await failureOf(`${base}/twice`, { ...loopback, bytesMax: 1_000_000 })).toBe('too-large')
    expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000)
  })

  test('larger than the limit are refused, declared or endless; one of exactly the limit passes', async () => {
    const base = await serve((request, response) => {
      if (request.url === '/exact') return response.end('x'.repeat(1000))
      if (request.url === '/declared')
        return response.writeHead(200, { 'content-length': '1001' }).end('x'.repeat(1001))
      const more = () => response.write('x'.repeat(10_000), () => setImmediate(more))
      more()
    })
    const small = { ...loopback, bytesMax: 1000 }
    expect(await failureOf(`${base}/exact`, small)).toBe('answered 200')
    expect(await failureOf(`${base}/declared`, small)).toBe('too-large')
    expect(await failureOf(`${base}/endless`, small)).toBe('too-large')
  })

  test('with broken, foreign or stacked compression are unreadable', async () => {
    const base = await serve((request, response) =>
      response.writeHead(200, { 'content-encoding': decodeURIComponent(request.url?.slice(1) ?? '') }).end('plain'),
    )
    for (const encoding of ['gzip', 'zstd', 'gzip,gzip,gzip']) {
      expect(await failureOf(`${base}/${encodeURIComponent(encoding)}`, loopback)).toBe('unreadable')
    }
  })

  test('that drip, and servers that never answer, end at the time limit', async () => {
    const drip = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(timer))
    })
    const silent = await serve(() => {})
    const stuck: ResolveName = () => new Promise(() => {})
    const started = Date.now()
    expect(await failureOf(drip, { ...loopback, timeoutMs: 200 })).toBe('timed-out')
    expect(await failureOf(silent, { ...loopback, timeoutMs: 200 })).toBe('timed-out')
    expect(await failureOf('http://slow.example/', { resolve: stuck, timeoutMs: 200 })).toBe('timed-out')
    expect(Date.now() - started).toBeLessThan(3000)
  })

  test('that are cut, and headers without end, have names', async () => {
    const cut = await serveBytes((write, end) => {
      write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf')
      end()
    })
    const endless = await serveBytes((write) => {
      write('HTTP/1.1 200 OK\r\n')
      for (let line = 0; line < 2000; line++) write(`X-${line}: ${'y'.repeat(100)}\r\n`)
    })
    const noise = await serveBytes((write, end) => {
      write('SSH-2.0-OpenSSH_9.2\r\n')
      end()
    })
    expect(await failureOf(cut, loopback)).toBe('unreachable')
    expect(await failureOf(endless, loopback)).toBe('too-large')
    expect(await failureOf(noise, loopback)).toBe('unreachable')
  })
})

test('a caller can give up', async () => {
  const base = await serve(() => {})
  const signal = AbortSignal.timeout(50)
  expect(await failureOf(base, { ...loopback, signal })).toBe('aborted')
})

test('says who asks, sends and keeps no cookies', async () => {
  const seen: (string | undefined)[] = []
  const base = await serve((request, response) => {
    seen.push(request.headers['user-agent'], request.headers.cookie)
    response.writeHead(request.url === '/' ? 302 : 200, { 'set-cookie': 'a=b; Path=/', location: '/next' }).end()
  })
  const userAgent = outboundUserAgent('https://rapport.example')
  const outcome = await fetchOutside(base, { ...loopback, userAgent, headers: { cookie: 'c=d' } })
  expect(seen).toEqual([userAgent, undefined, userAgent, undefined])
  expect(userAgent).toMatch(/^Rapport\/\d+\.\d+\.\d+ \(\+https:\/\/rapport\.example\)$/)
  expect(outcome.ok && outcome.value.headers['set-cookie']).toBe(undefined)
})
