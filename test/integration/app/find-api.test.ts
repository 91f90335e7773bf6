import type { RequestListener } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { findApi } from '../../../src/main/api-origin/find-api.ts'
import { type FaultServer, startHttpFault, startSilentServer, startUntrustedTls } from './fakes/fault-servers.ts'
import { untrustedCertificate } from './fakes/untrusted-certificate.ts'

const servers: FaultServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

async function at(listener: RequestListener): Promise<string> {
  const server = await startHttpFault(listener)
  servers.push(server)
  return `http://${server.authority}`
}
const unusable = (reference: string) => ({ ok: false, error: { code: 'api-origin-unusable', reference } })

describe('B13: looking for an API at an address', () => {
  it.each([
    ['a page of something else', 200, '<html>', 'HTTP 200'],
    ['other JSON', 200, '{"status":"fine"}', 'HTTP 200'],
    ['nothing by this name', 404, '{"status":"ok"}', 'HTTP 404'],
    ['an API that is down', 503, '', 'HTTP 503'],
  ])('%s is none', async (_what, status, body, reference) => {
    const origin = await at((_request, response) => response.writeHead(status).end(body))
    expect(await findApi(origin)).toEqual(unusable(reference))
  })

  it('a redirect is not followed', async () => {
    const there = await at((_request, response) => response.end('{"status":"ok"}'))
    const origin = await at((_request, response) => response.writeHead(302, { location: `${there}/healthz` }).end())
    expect(await findApi(origin)).toEqual(unusable('HTTP 302'))
  })

  it('an endless answer is cut off', async () => {
    const origin = await at((_request, response) => {
      const write = (): void => void (response.write('x'.repeat(65_536)) ? setImmediate(write) : response.once('drain', write))
      write()
    })
    expect(await findApi(origin)).toEqual(unusable('too-much'))
  })

  it('nobody there, and somebody who says nothing', async () => {
    expect(await findApi('http://127.0.0.1:1')).toEqual(unusable('ECONNREFUSED'))
    const silent = await startSilentServer()
    servers.push(silent)
    expect(await findApi(`http://${silent.authority}`, 200)).toEqual(unusable('ETIMEDOUT'))
  })

  it('an untrusted certificate is told as such', async () => {
    const server = await startUntrustedTls(untrustedCertificate)
    servers.push(server)
    expect(await findApi(`https://${server.authority}`)).toMatchObject({ ok: false, error: { code: 'api-tls-untrusted' } })
  })
})
