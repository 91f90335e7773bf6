import { once } from 'node:events'
import { Agent, createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'

/** Requests since the last `take`, by what they ask of a store. */
export type RequestCounts = Readonly<Record<'list' | 'head' | 'get' | 'put' | 'other', number>>

export interface CountingProxy {
  readonly endpoint: string
  readonly take: () => RequestCounts
  /** From now on each request waits so long before it is passed on, as on a long line. */
  readonly setDelayMs: (delayMs: number) => void
  readonly stop: () => void
}

const noCounts: RequestCounts = { list: 0, head: 0, get: 0, put: 0, other: 0 }

/** Passes requests on to a store as they are (signed for the proxy's own name, which the store takes over) and counts them. */
export async function startCountingProxy(endpoint: string): Promise<CountingProxy> {
  let counts = noCounts
  let delayMs = 0
  const agent = new Agent({ keepAlive: true })
  const server = createServer((request, response) => {
    const kind = kindOf(request.method ?? '', request.url ?? '')
    counts = { ...counts, [kind]: counts[kind] + 1 }
    const { hostname, port } = new URL(endpoint)
    const { method, url: path, headers } = request
    const onward = forward({ hostname, port, agent, method, path, headers }, (answer) => {
      // Who has asked may be gone: a listing that is read no further.
      if (response.destroyed) {
        answer.destroy()
        return
      }
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      pipeline(answer, response, () => undefined)
    })
    const passOn = (): void =>
      void pipeline(request, onward, (error) => {
        if (error) response.destroy()
      })
    if (delayMs === 0) passOn()
    else setTimeout(passOn, delayMs)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    take() {
      const taken = counts
      counts = noCounts
      return taken
    },
    setDelayMs: (next) => void (delayMs = next),
    stop() {
      server.close()
      server.closeAllConnections()
      agent.destroy()
    },
  }
}

function kindOf(method: string, url: string): keyof RequestCounts {
  const [path = '', query = ''] = url.split('?')
  const isBucket = path.split('/').filter((part) => part !== '').length <= 1
  if (method === 'GET') return isBucket || query.includes('list-type=') ? 'list' : 'get'
  if (method === 'HEAD') return 'head'
  return method === 'PUT' ? 'put' : 'other'
}
