import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { MIB } from '#shared/domain/units.ts'
import { ok } from '#shared/domain/result.ts'
import { createEndpointGuard, type EndpointGuard } from '../../../server/endpoint-guard/endpoint-guard.ts'
import { startEgressProxy } from '../../../server/worker/egress/egress-proxy.ts'
import type { SocksTarget } from '../../../server/worker/egress/socks-handshake.ts'
import { untrustedCertificate } from '../app/fakes/untrusted-certificate.ts'
import { isRead, useRcloneScene } from './support/rclone-scene.ts'

type Guard = Pick<EndpointGuard, 'resolve'>
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function listenOn(server: Server, host: string): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket)).listen(0, host)
  await once(server, 'listening')
  closing.push(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  return (server.address() as AddressInfo).port
}

describe('SSRF: where rclone may be led by a source', () => {
  const scene = useRcloneScene()

  /** The production guard, but the stores of the test, on 127.0.0.1, pass for public ones. 127.0.0.2 is "inside". */
  function guardOf(addressOf: (name: string) => string = (name) => name): Guard & { readonly asked: string[] } {
    const asked: string[] = []
    return {
      asked,
      resolve: (host) => {
        asked.push(host)
        const address = addressOf(host)
        if (address === '127.0.0.1') return Promise.resolve(ok([address]))
        return createEndpointGuard({ isPrivateAllowed: false, resolveHost: () => Promise.resolve([address]) }).resolve(host)
      },
    }
  }

  async function startInside(): Promise<{ readonly port: number; readonly reached: () => number }> {
    let requests = 0
    const server = createHttpServer((_request, answer) => {
      requests += 1
      answer.end('instance role credentials')
    })
    return { port: await listenOn(server, '127.0.0.2'), reached: () => requests }
  }

  it('S9: a redirect to a private address is not followed, ends the copy, and nothing of it lands', async () => {
    await scene.seed({ a: 'harmless', bait: 'x'.repeat(25) })
    const inside = await startInside()
    const endpoint = await scene.faultProxy(scene.source, (incoming) =>
      isRead(incoming, 'bait') ? { redirectTo: `http://127.0.0.2:${inside.port}/latest/meta-data/` } : null,
    )
    const outcome = await scene.copy({ sourceGuard: guardOf(), source: scene.sourceEnd(endpoint) })
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: {
        code: 'unreachable',
        side: 'source',
        permanent: true,
        message: `the source led to 127.0.0.2:${inside.port}, which is not a public address: refused`,
      },
    })
    expect(inside.reached()).toBe(0)
    expect(await scene.destinationFiles()).not.toHaveProperty('bait')
  })

  it('S9: without the guard that redirect would have reached the inside (the attack is real)', async () => {
    await scene.seed({ bait: 'x'.repeat(25) })
    const inside = await startInside()
    const endpoint = await scene.faultProxy(scene.source, (incoming) =>
      isRead(incoming, 'bait') ? { redirectTo: `http://127.0.0.2:${inside.port}/` } : null,
    )
    await scene.copy({ source: scene.sourceEnd(endpoint) })
    expect(inside.reached()).toBeGreaterThan(0)
  })

  it('S9: a name that leads elsewhere after the check (DNS rebinding) is not followed', async () => {
    await scene.seed({ a: '1', b: '2' })
    const { port } = new URL(scene.source.endpoint)
    const inside = createServer((socket) => socket.end())
    const rebound = { connections: 0 }
    inside.on('connection', () => (rebound.connections += 1))
    inside.listen({ host: '127.0.0.2', port: Number(port) })
    await once(inside, 'listening')
    closing.push(async () => void (await once(inside.close(), 'close')))
    let lookups = 0
    const guard = guardOf(() => ((lookups += 1) === 1 ? '127.0.0.1' : '127.0.0.2'))
    const outcome = await scene.copy({ sourceGuard: guard, source: scene.sourceEnd(`http://store.example:${port}`) })
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'unreachable', side: 'source' } })
    expect(outcome.kind === 'failed' && outcome.failure.message).toContain(`store.example:${port}`)
    expect(lookups).toBeGreaterThan(1)
    expect(rebound.connections).toBe(0)
  })

  it('S10: every connection to the source is asked about, none to the destination', async () => {
    await scene.seed({ a: '1', 'b/c': '2' })
    const guard = guardOf()
    // `localhost` would be refused.
    const destination = scene.destinationEnd(scene.destination.endpoint.replace('127.0.0.1', 'localhost'))
    expect(await scene.copy({ sourceGuard: guard, destination })).toMatchObject({ kind: 'succeeded', copiedObjects: 2 })
    expect(new Set(guard.asked)).toEqual(new Set(['127.0.0.1']))
  })

  it('E9: TLS goes through untouched, so that an untrusted certificate is still told apart', async () => {
    const port = await listenOn(createHttpsServer(untrustedCertificate), '127.0.0.1')
    const source = scene.sourceEnd(`https://127.0.0.1:${port}`)
    expect(await scene.copy({ sourceGuard: guardOf(), source })).toMatchObject({
      kind: 'failed',
      failure: { code: 'tls-untrusted', side: 'source' },
    })
  })

  it('E9: a source that refuses connections reads as if there were no proxy', async () => {
    const outcome = await scene.copy({ source: scene.sourceEnd('http://127.0.0.1:9') })
    expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'unreachable', side: 'source', permanent: false } })
    expect(JSON.stringify([outcome, scene.log])).toContain('dial tcp 127.0.0.1:9: connection refused')
    expect(JSON.stringify([outcome, scene.log])).not.toContain('socks')
  })
})

describe('the proxy itself', () => {
  const production = (addresses: readonly string[] = []): Guard =>
    createEndpointGuard({ isPrivateAllowed: false, resolveHost: () => Promise.resolve(addresses) })
  const development: Guard = createEndpointGuard({
    isPrivateAllowed: true,
    resolveHost: () => Promise.resolve(['127.0.0.1']),
  })
  const text = (value: string): readonly number[] => [value.length, ...Buffer.from(value)]
  const byName = (name: string, port: number) => [5, 1, 0, 3, ...text(name), port >> 8, port & 255]

  async function start(guard: Guard): Promise<{ readonly url: URL; readonly refused: readonly SocksTarget[] }> {
    const refused: SocksTarget[] = []
    const proxy = await startEgressProxy({ guard, onRefused: (target) => refused.push(target) })
    closing.push(proxy.close)
    return { url: new URL(proxy.url), refused }
  }

  /** Says everything at once and gives all that was answered, in order, until the proxy closes. */
  async function converse(url: URL, said: readonly number[]): Promise<Buffer> {
    const socket = connect(Number(url.port), url.hostname)
    const heard: Buffer[] = []
    socket.on('data', (chunk: Buffer) => heard.push(chunk))
    socket.write(Buffer.from(said))
    await once(socket, 'close')
    return Buffer.concat(heard)
  }
  const withPassword = (url: URL, request: readonly number[], password = url.password) =>
    converse(url, [5, 1, 2, 1, ...text(url.username), ...text(password), ...request])

  it.each([
    ['an IPv4 address', [5, 1, 0, 1, 169, 254, 169, 254, 0, 80], '169.254.169.254'],
    ['IPv4 within IPv6', [5, 1, 0, 4, ...Array<number>(10).fill(0), 255, 255, 127, 0, 0, 1, 0, 80], '0000:0000:0000:0000:0000:ffff:7f00:0001'],
    ['an address written as a name', byName('127.0.0.1', 80), '127.0.0.1'],
    ['a name with one private address', byName('mixed.example', 80), 'mixed.example'],
  ])('SSRF: refuses %s and tells the worker', async (_what, request, host) => {
    const { url, refused } = await start(production(['1.1.1.1', '10.0.0.1']))
    expect([...(await withPassword(url, request)).subarray(4, 6)]).toEqual([5, 2])
    expect(refused).toEqual([{ host, port: 80 }])
  })

  it('a name without addresses is no refusal: it may have some later', async () => {
    const { url, refused } = await start(production())
    expect([...(await withPassword(url, byName('gone.example', 80))).subarray(4, 6)]).toEqual([5, 4])
    expect(refused).toEqual([])
  })

  it('serves nobody without the password of the job', async () => {
    const { url } = await start(development)
    expect([...(await converse(url, [5, 1, 0]))]).toEqual([5, 255])
    expect([...(await withPassword(url, byName('x', 80), 'guess'))]).toEqual([5, 2, 1, 1])
    expect([...(await converse(url, [...Buffer.from('GET http://127.0.0.1/ HTTP/1.1\r\n\r\n')]))]).toEqual([])
  })

  it('delivers what a store sends before it closes, to the last byte', async () => {
    const body = Buffer.alloc(5 * MIB + 7, 'carolina')
    const port = await listenOn(createServer((socket) => socket.end(body)), '127.0.0.1')
    const { url } = await start(development)
    const heard = await withPassword(url, byName('store.example', port))
    expect([...heard.subarray(4, 6)]).toEqual([5, 0])
    expect(heard.subarray(14).equals(body)).toBe(true)
  })
})
