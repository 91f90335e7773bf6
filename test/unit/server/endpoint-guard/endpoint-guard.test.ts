import { createServer, get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createEndpointGuard, type EndpointRefusedError } from '../../../../server/endpoint-guard/endpoint-guard.ts'

const guardOf = (addresses: readonly string[], isPrivateAllowed = false) =>
  createEndpointGuard({ isPrivateAllowed, resolveHost: () => Promise.resolve(addresses) })

describe('SSRF: check', () => {
  test('a name with only public addresses passes', async () => {
    expect(await guardOf(['1.1.1.1', '2606:4700::1111']).check('https://s3.example.com')).toEqual({
      ok: true,
      value: null,
    })
  })

  test('one private address among public ones is enough to refuse', async () => {
    expect(await guardOf(['1.1.1.1', '10.0.0.1']).check('https://s3.example.com')).toEqual({
      ok: false,
      error: 'not-public',
    })
  })

  test('addresses in the endpoint itself are judged without asking anybody, in every spelling', async () => {
    const guard = createEndpointGuard({
      isPrivateAllowed: false,
      resolveHost: () => Promise.reject(new Error('asked')),
    })
    for (const host of ['127.0.0.1', '[::1]', '0x7f.1', '2130706433', '0177.0.0.1', '[::ffff:169.254.169.254]']) {
      expect(await guard.check(`http://${host}:9000`), host).toEqual({ ok: false, error: 'not-public' })
    }
    expect(await guard.check('http://1.1.1.1')).toEqual({ ok: true, value: null })
  })

  test('a name without addresses, or whose look-up fails, is told apart', async () => {
    expect(await guardOf([]).check('https://s3.example.com')).toEqual({ ok: false, error: 'not-resolvable' })
    const failing = createEndpointGuard({
      isPrivateAllowed: true,
      resolveHost: () => Promise.reject(new Error('ENOTFOUND')),
    })
    expect(await failing.check('https://s3.example.com')).toEqual({ ok: false, error: 'not-resolvable' })
  })

  test('in development private addresses pass', async () => {
    expect(await guardOf(['127.0.0.1'], true).check('http://minio.test:9000')).toEqual({ ok: true, value: null })
  })
})

describe('SSRF: resolve, for whoever connects by address', () => {
  test('gives every address that was judged, and an address for itself', async () => {
    expect(await guardOf(['1.1.1.1', '2606:4700::1111']).resolve('s3.example.com')).toEqual({
      ok: true,
      value: ['1.1.1.1', '2606:4700::1111'],
    })
    expect(await guardOf([]).resolve('1.1.1.1')).toEqual({ ok: true, value: ['1.1.1.1'] })
  })

  test('gives none when one of them is not public', async () => {
    expect(await guardOf(['1.1.1.1', '10.0.0.1']).resolve('s3.example.com')).toEqual({ ok: false, error: 'not-public' })
    expect(await guardOf([]).resolve('::ffff:127.0.0.1')).toEqual({ ok: false, error: 'not-public' })
  })
})

describe('SSRF: lookup, where a connection is made', () => {
  const getThrough = (guard: ReturnType<typeof guardOf>, port: number) =>
    new Promise<number>((resolve, reject) => {
      const answered = (response: IncomingMessage): void => {
        response.resume()
        resolve(response.statusCode ?? 0)
      }
      get({ host: 'rebound.example.com', port, lookup: guard.lookup, agent: false }, answered).on('error', reject)
    })

  test('a name that now leads to a private address is not connected to', async () => {
    const server = createServer((_request, response) => response.end()).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const refused = await getThrough(guardOf(['127.0.0.1']), port).catch(
      (error: unknown) => error as EndpointRefusedError,
    )
    expect(refused).toMatchObject({ name: 'EndpointRefusedError', refusal: 'not-public' })
    expect(await getThrough(guardOf(['127.0.0.1'], true), port)).toBe(200)
    server.close()
  })
})
