import type { IncomingMessage, RequestListener } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import type { SourceDraft } from '#shared/ipc/source-check.ts'
import { openAwsSource } from '../../../src/main/source/open-aws-source.ts'
import { runPreflight } from '../../../src/main/source/preflight.ts'
import { createSourceCheckService } from '../../../src/main/source/source-check-service.ts'
import { parseSourceDraft } from '../../../src/main/source/source-connection.ts'
import { type FaultServer, s3Error, startHttpFault, startSilentServer, startUntrustedTls } from './fakes/fault-servers.ts'
import { untrustedCertificate } from './fakes/untrusted-certificate.ts'

const ports = { openSource: openAwsSource, isOnline: () => true, now: Date.now, onProgress: () => undefined }
const secret = Secret.of('s3cr3t')
const draft: SourceDraft = { endpoint: '', region: 'us-east-1', accessKeyId: 'AKIA1', bucket: 'source', prefix: '' }

let server: FaultServer | null = null
afterEach(async () => {
  await server?.stop()
  server = null
})

async function checkAgainst(listener: RequestListener, part: Partial<SourceDraft> = {}) {
  server = await startHttpFault(listener)
  return await createSourceCheckService(ports).check({ ...draft, endpoint: `http://${server.authority}`, ...part }, secret)
}

const sendXml =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(body)

const listing = (contents: string, more = '') =>
  `<?xml version="1.0"?><ListBucketResult><Name>source</Name><IsTruncated>false</IsTruncated>${more}${contents}</ListBucketResult>`
const entry = (key: string, storageClass = 'STANDARD', size = 5) =>
  `<Contents><Key>${key}</Key><Size>${String(size)}</Size><StorageClass>${storageClass}</StorageClass></Contents>`

const isTagging = (request: IncomingMessage) => request.url?.includes('?tagging') ?? false

describe('preflight against servers that are not right', () => {
  it.each([
    ['a web page answering 200 (trap 5)', 200, 'text/html', '<!doctype html><html><body>Welcome</body></html>'],
    ['a well-formed web page answering 200', 200, 'text/html', '<html><body>Welcome</body></html>'],
    ['JSON answering 200', 200, 'application/json', '{"ok":true}'],
    ['an empty answer of 200', 200, 'text/plain', ''],
    ['a web page answering 404', 404, 'text/html', '<html><body>Not found</body></html>'],
    ['a web page answering 403', 403, 'text/html', '<html><body>Forbidden</body></html>'],
    ['a web page answering 405', 405, 'text/html', '<html><body>Not allowed</body></html>'],
    ['JSON answering 401', 401, 'application/json', '{"error":"unauthorized"}'],
    ['a redirect to a web page', 302, 'text/html', '<html>moved</html>'],
  ])('E9: %s is not an S3 endpoint', async (_what, status, type, body) => {
    const result = await checkAgainst((_request, response) => void response.writeHead(status, { 'content-type': type }).end(body))
    expect(result).toMatchObject({ kind: 'blocked', findings: [{ code: 'not-an-s3-endpoint' }] })
  })

  it.each([
    ['Go', 'Client sent an HTTP request to an HTTPS server.\n', 'plain-http-to-tls'],
    ['Apache', '<html><body><p>Reason: You\'re speaking plain HTTP to an SSL-enabled server port.</p></body></html>', 'plain-http-to-tls'],
    ['a router', '<html><body><h1>400 Bad Request</h1></body></html>', 'not-an-s3-endpoint'],
  ])('E9: reads in a 400 of %s whether it wants https', async (_server, body, code) => {
    expect(await checkAgainst((_request, response) => void response.writeHead(400).end(body))).toMatchObject({ findings: [{ code }] })
  })

  it.each([
    ['the header of a redirect', 301, s3Error('PermanentRedirect'), { 'x-amz-bucket-region': 'eu-west-1' }],
    ['the endpoint of a redirect', 301, s3Error('PermanentRedirect', '<Endpoint>source.s3-eu-west-1.amazonaws.com</Endpoint>'), {}],
    ['a refused signature', 400, s3Error('AuthorizationHeaderMalformed', '<Region>eu-west-1</Region>'), {}],
  ])('E6: finds the right region in %s and does not go there by itself', async (_what, status, body, headers) => {
    let requests = 0
    const answer = sendXml(status, body, headers)
    const result = await checkAgainst((request, response) => {
      requests++
      answer(request, response)
    })
    expect(result).toMatchObject({
      findings: [{ code: 'region-mismatch', facts: { sentRegion: 'us-east-1', expectedRegion: 'eu-west-1' }, fixes: [{ region: 'eu-west-1' }] }],
    })
    expect(requests).toBe(1)
  })

  it('trap 8: asks once only when the key is refused', async () => {
    let requests = 0
    const result = await checkAgainst((_request, response) => {
      requests++
      response.writeHead(403, { 'content-type': 'application/xml' }).end(s3Error('AccessDenied'))
    })
    expect(result).toMatchObject({ findings: [{ code: 'access-denied' }] })
    expect(requests).toBe(1)
  })

  it('E9: tells how far the clock is off', async () => {
    const date = new Date(Date.now() - 7_200_000).toUTCString()
    const result = await checkAgainst(sendXml(403, s3Error('RequestTimeTooSkewed'), { date }))
    const [finding] = 'findings' in result ? result.findings : []
    expect(finding?.code).toBe('clock-skew')
    expect(Number(finding?.facts['skewSeconds'])).toBeGreaterThan(7_190)
  })

  it('E9: a busy source is not asked again by itself', async () => {
    let requests = 0
    const result = await checkAgainst((request, response) => {
      requests++
      sendXml(503, s3Error('SlowDown'))(request, response)
    })
    expect(result).toMatchObject({ findings: [{ code: 'throttled' }] })
    expect(requests).toBe(1)
  })

  it('trap 5: a code without a message keeps its code', async () => {
    const body = '<?xml version="1.0"?><Error><Code>XAmzSomething</Code></Error>'
    expect(await checkAgainst(sendXml(400, body))).toMatchObject({ findings: [{ code: 'unknown-refusal', facts: { s3Code: 'XAmzSomething' } }] })
  })

  it('E3, B2: a key that may list but not read', async () => {
    const result = await checkAgainst((request, response) => {
      const isList = request.url?.includes('list-type=2') ?? false
      sendXml(isList ? 200 : 403, isList ? listing(entry('a.txt')) : s3Error('AccessDenied'))(request, response)
    })
    expect(result).toMatchObject({
      kind: 'blocked',
      findings: [{ code: 'source-listed' }, { code: 'object-not-readable', facts: { key: 'a.txt', s3Code: 'AccessDenied' } }],
    })
  })

  it('E7, S17: archived objects are named, and reading is tried with another', async () => {
    const read: string[] = []
    const result = await checkAgainst((request, response) => {
      if (request.url?.includes('list-type=2')) {
        sendXml(200, listing(entry('old.tar', 'GLACIER', 9) + entry('new.tar')))(request, response)
        return
      }
      if (request.method === 'GET' && !isTagging(request)) read.push(`${request.url ?? ''} ${request.headers.range ?? ''}`)
      response.writeHead(206, { 'content-length': '1' }).end('x')
    })
    expect(result).toMatchObject({
      kind: 'ready',
      firstKey: 'new.tar',
      survey: { objects: 2, bytes: 14, isComplete: true, archivedObjects: 1, archivedBytes: 9 },
      findings: [
        { code: 'source-listed', facts: { objects: 2 } },
        { code: 'archived-object', severity: 'note', facts: { objects: 1, bytes: 9, key: 'old.tar' } },
        { code: 'source-readable', facts: { key: 'new.tar' } },
      ],
    })
    expect(read).toEqual(['/source/new.tar?x-id=GetObject bytes=0-0'])
  })

  it.each([
    { what: 'not restored: a problem', status: 403, kind: 'blocked', codes: ['source-listed', 'archived-object'] },
    { what: 'restored: ready', status: 206, kind: 'ready', codes: ['source-listed', 'source-readable'] },
  ])('E7, S17: where everything is archived, one is tried; $what', async ({ status, kind, codes }) => {
    const result = await checkAgainst((request, response) => {
      if (request.url?.includes('list-type=2')) {
        sendXml(200, listing(entry('old.tar', 'DEEP_ARCHIVE', 9)))(request, response)
      } else if (status === 206) response.writeHead(206, { 'content-length': '1' }).end('x')
      else sendXml(status, s3Error('InvalidObjectState'))(request, response)
    })
    expect(result.kind).toBe(kind)
    expect('findings' in result && result.findings.map(({ code }) => code)).toEqual(codes)
  })

  it('S2: a folder and an object of one name: asks which, and takes the one that was chosen', async () => {
    const both: RequestListener = (request, response) => {
      if (!request.url?.includes('list-type=2')) return void response.writeHead(206, { 'content-length': '1' }).end('x')
      const isBelow = request.url.includes('prefix=photos%2F')
      sendXml(200, listing(entry(isBelow ? 'photos/a.jpg' : 'photos')))(request, response)
    }
    const asked = await checkAgainst(both, { prefix: 'photos' })
    expect(asked).toMatchObject({
      kind: 'blocked',
      findings: [{ code: 'folder-or-object', fixes: [{ prefix: 'photos/' }, { prefixMeans: 'object' }] }],
    })
    await server?.stop()
    expect(await checkAgainst(both, { prefix: 'photos', prefixMeans: 'object' })).toMatchObject({
      kind: 'ready',
      target: { kind: 'object', key: 'photos' },
      firstKey: 'photos',
      findings: [{ code: 'source-listed', facts: { objects: 1, bytes: 5 } }, { code: 'source-readable' }],
    })
    await server?.stop()
    expect(await checkAgainst(both, { prefix: 'photos/' })).toMatchObject({ target: { kind: 'folder', prefix: 'photos/' } })
  })

  it('takes a key in which the store has encoded what XML cannot carry', async () => {
    const result = await checkAgainst((request, response) => {
      if (!request.url?.includes('list-type=2')) response.end('x')
      else sendXml(200, listing(entry('a%0Ab+c.txt'), '<EncodingType>url</EncodingType>'))(request, response)
    })
    expect(result).toMatchObject({ kind: 'ready', firstKey: 'a\nb c.txt' })
  })

  it('does not download an object when the store ignores the range', async () => {
    let isCut = false
    const result = await checkAgainst((request, response) => {
      if (request.url?.includes('list-type=2')) {
        sendXml(200, listing(entry('big.bin')))(request, response)
        return
      }
      response.on('close', () => (isCut = !response.writableFinished))
      response.writeHead(200, { 'content-length': String(1e12) }).write(Buffer.alloc(65_536))
    })
    expect(result.kind).toBe('ready')
    await vi.waitFor(() => expect(isCut).toBe(true))
  })
})

describe('preflight without an answer (E9)', () => {
  const check = (endpoint: string) => createSourceCheckService(ports).check({ ...draft, endpoint }, secret)

  it('nothing listens there', async () => {
    const { authority, stop } = await startHttpFault(() => undefined)
    await stop()
    expect(await check(`http://${authority}`)).toMatchObject({ findings: [{ code: 'connection-refused', facts: { host: authority } }] })
  })

  it('the certificate is not trusted', async () => {
    server = await startUntrustedTls(untrustedCertificate)
    expect(await check(`https://${server.authority}`)).toMatchObject({ findings: [{ code: 'tls-untrusted', facts: { networkCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' } }] })
  })

  it('https is spoken to a plain server: plain http is offered', async () => {
    server = await startHttpFault((_request, response) => response.end())
    expect(await check(`https://${server.authority}`)).toMatchObject({
      findings: [{ code: 'tls-to-plain-http', fixes: [{ endpoint: `http://${server.authority}` }] }],
    })
  })

  it('there is no such host', async () => {
    // `.invalid` is reserved: no resolver may know it. One that cannot be asked at all counts as no internet.
    const result = await check('https://s3.nowhere.invalid')
    expect(['host-not-found', 'no-internet']).toContain('findings' in result && result.findings[0]?.code)
  })

  it('the whole check ends within its budget', async () => {
    server = await startSilentServer()
    const source = parseSourceDraft({ ...draft, endpoint: `http://${server.authority}` }, secret)
    if (!source.ok) throw new Error('the draft must be right')
    const input = { source: source.value, stopped: new AbortController().signal, budgetMs: 200, onProgress: null }
    const result = await runPreflight(input, ports)
    expect(result).toMatchObject({ kind: 'blocked', findings: [{ code: 'connection-timeout', facts: { seconds: 0.2 } }] })
  })

  it('stops at once when asked to, and when a newer check begins', async () => {
    let connected = (): void => undefined
    const isConnected = new Promise<void>((resolve) => (connected = resolve))
    server = await startHttpFault(() => connected())
    const service = createSourceCheckService(ports)
    const target = { ...draft, endpoint: `http://${server.authority}` }
    const first = service.check(target, secret)
    await isConnected
    const second = service.check(target, secret)
    expect(await first).toEqual({ kind: 'stopped' })
    service.stop()
    expect(await second).toEqual({ kind: 'stopped' })
  })
})
