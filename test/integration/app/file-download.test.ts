import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { createFileDownload } from '../../../src/main/api/file-download.ts'
import { type FakeApi, fileHeaders, migrationView, sendProblem, startFakeApi } from './fakes/fake-api.ts'
import { startHttpFault } from './fakes/fault-servers.ts'

const { id: migrationId } = migrationView()
const route = `GET /v1/migrations/${migrationId}/report`
const content = Buffer.from('key,outcome\na,copied\n')
const sha256 = createHash('sha256').update(content).digest('hex')

let api: FakeApi
beforeEach(async () => {
  api = await startFakeApi()
})
afterEach(() => api.stop())

/** Downloads into memory; `sinks` counts how often a place was asked for. */
async function download({
  origin = api.origin,
  signal = new AbortController().signal,
  sink = collector(),
  silenceLimitMs = 300,
} = {}) {
  let sinks = 0
  const answer = await createFileDownload({ origin, userAgent: 'test', silenceLimitMs })(
    'getReport',
    Secret.of('cck_1'),
    { params: { migrationId }, query: { format: 'json' } },
    { openSink: () => Promise.resolve((sinks++, sink)), signal },
  )
  return { answer, sinks, text: sink instanceof Collector ? sink.text : '' }
}

class Collector extends Writable {
  text = ''
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8')
    done()
  }
}
const collector = (): Writable => new Collector()
const answerWith = (answer: (response: ServerResponse) => void) => api.on(route, (_request, response) => answer(response))

describe('download of the report (B3)', () => {
  it('comes as it was announced, asked for in the account’s name', async () => {
    answerWith((response) => response.writeHead(200, fileHeaders(content)).end(content))
    expect(await download()).toEqual({ answer: { ok: true, value: { bytes: content.length, sha256 } }, sinks: 1, text: content.toString() })
    expect(api.seen[0]).toMatchObject({ query: 'format=json', headers: { authorization: 'Bearer cck_1', 'accept-encoding': 'identity' } })
  })

  it('finds the digest among others', async () => {
    const headers = fileHeaders(content)
    answerWith((response) =>
      response.writeHead(200, { ...headers, 'repr-digest': `sha-512=:AAAA:, ${headers['repr-digest'] ?? ''}` }).end(content),
    )
    expect((await download()).answer.ok).toBe(true)
  })

  it('E10: is damaged when it is cut short', async () => {
    answerWith((response) => {
      response.writeHead(200, fileHeaders(content)).write(content.subarray(0, 5), () => response.destroy())
    })
    expect((await download()).answer).toMatchObject({ ok: false, error: { code: 'report-damaged' } })
  })

  it('E10: is damaged when a byte is another', async () => {
    const changed = Buffer.from(content)
    changed[3] = 0x2c + 1
    answerWith((response) => response.writeHead(200, fileHeaders(content)).end(changed))
    expect((await download()).answer).toEqual({ ok: false, error: { code: 'report-damaged' } })
  })

  it.each([
    ['nothing to check it by', { 'content-type': 'text/csv' }],
    ['no length', { 'repr-digest': fileHeaders(content)['repr-digest'], 'transfer-encoding': 'chunked' }],
    ['no digest of ours', { ...fileHeaders(content), 'repr-digest': 'md5=:AAAA:' }],
  ])('E10: is not understood with %s, and nothing is opened for it', async (_what, headers) => {
    answerWith((response) => response.writeHead(200, headers).end(content))
    expect(await download()).toMatchObject({ answer: { ok: false, error: { code: 'api-not-understood' } }, sinks: 0 })
  })

  it.each([
    [302, 'api-not-understood'],
    [503, 'unavailable'],
  ])('E10: HTTP %s without a document of ours is %s', async (status, code) => {
    answerWith((response) => response.writeHead(status, { location: 'https://x.invalid/' }).end('<html>'))
    expect(await download()).toMatchObject({ answer: { ok: false, error: { code } }, sinks: 0 })
    expect(api.seen).toHaveLength(1)
  })

  it('E10: passes on what the API says, such as that the report was removed', async () => {
    answerWith((response) => sendProblem(response, 'report-not-there'))
    expect(await download()).toMatchObject({ answer: { ok: false, error: { code: 'report-not-there' } }, sinks: 0 })
  })

  it('E10: gives up on silence', async () => {
    answerWith((response) => response.writeHead(200, fileHeaders(content)).write(content.subarray(0, 5)))
    expect((await download()).answer).toEqual({ ok: false, error: { code: 'api-unreachable', reference: 'ETIMEDOUT' } })
  })

  it('takes as long as it needs while something comes', async () => {
    answerWith((response) => {
      response.writeHead(200, fileHeaders(content))
      let sent = 0
      const drip = setInterval(() => {
        response.write(content.subarray(sent, ++sent))
        if (sent < content.length) return
        clearInterval(drip)
        response.end()
      }, 40)
    })
    expect((await download()).answer.ok).toBe(true)
  })

  it('E10: nobody there', async () => {
    const gone = await startHttpFault(() => undefined)
    await gone.stop()
    const { answer, sinks } = await download({ origin: `http://${gone.authority}` })
    expect(answer).toEqual({ ok: false, error: { code: 'api-unreachable', reference: 'ECONNREFUSED' } })
    expect(sinks).toBe(0)
  })

  it('ends when it is told to, and with it the connection', async () => {
    const stopper = new AbortController()
    const closed = new Promise<void>((resolve) => {
      answerWith((response) => {
        response.on('close', resolve)
        response.writeHead(200, fileHeaders(content)).write('key', () => stopper.abort())
      })
    })
    expect((await download({ signal: stopper.signal })).answer.ok).toBe(false)
    await closed
  })

  it('throws on what the sink throws, and ends the connection', async () => {
    const closed = new Promise<void>((resolve) => {
      answerWith((response) => {
        response.on('close', resolve)
        response.writeHead(200, fileHeaders(content)).write('key')
      })
    })
    const full = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error('full'), { code: 'ENOSPC' })) })
    await expect(download({ sink: full })).rejects.toMatchObject({ code: 'ENOSPC' })
    await closed
  })

  it('holds little of a large one at a time', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    const chunks = 200
    const hash = createHash('sha256')
    for (let sent = 0; sent < chunks; sent++) hash.update(chunk)
    const length = chunk.length * chunks
    let sent = 0
    answerWith((response) => {
      response.writeHead(200, { 'content-length': length, 'repr-digest': `sha-256=:${hash.digest('base64')}:` })
      const feed = (): void => {
        while (sent < chunks) if ((sent++, !response.write(chunk))) return
        response.end()
      }
      response.on('drain', feed)
      feed()
    })
    // Takes nothing until the server has come to a stop, as a full disk cache would.
    let whenBlocked = 0
    const slow = new Writable({
      write: (_chunk, _encoding, done) => {
        if (whenBlocked > 0) { done(); return; }
        void vi
          .waitUntil(() => Promise.resolve(sent === whenBlocked || ((whenBlocked = sent), false)), { interval: 300, timeout: 10_000 })
          .then(() => done())
      },
    })
    expect((await download({ sink: slow, silenceLimitMs: 10_000 })).answer).toMatchObject({ ok: true, value: { bytes: length } })
    expect(whenBlocked).toBeLessThan(chunks / 8)
  })
})
