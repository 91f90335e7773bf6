import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { problems, type ProblemCode, PROBLEM_TYPE_BASE } from '#shared/contract/problems.ts'
import { runningMigration } from '../../../support/running-migration.ts'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  /** Without the question mark. */
  readonly query: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

type Handler = (request: SeenRequest, response: ServerResponse) => void

/**
 * A stand-in for the hosted API that answers what a test tells it to: for faults the real one cannot be
 * brought to show. Unanswered routes give 404.
 */
export interface FakeApi {
  readonly origin: string
  readonly seen: readonly SeenRequest[]
  /** `route` is e.g. `GET /v1/me`; the newest answer for a route counts. */
  readonly on: (route: string, handler: Handler) => void
  /** Resolves when a request to `route` has come, also one from before. */
  readonly sawRequest: (route: string, count?: number) => Promise<SeenRequest>
  readonly stop: () => Promise<void>
}

export async function startFakeApi(): Promise<FakeApi> {
  const handlers = new Map<string, Handler>()
  const seen: SeenRequest[] = []
  let watchers: (() => void)[] = []
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const [path = '', query = ''] = (request.url ?? '').split('?')
      const record = { method: request.method ?? '', path, query, headers: request.headers, body }
      seen.push(record)
      const handler = handlers.get(`${record.method} ${path}`)
      if (handler === undefined) sendProblem(response, 'not-found')
      else handler(record, response)
      for (const watcher of watchers) watcher()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    seen,
    on: (route, handler) => handlers.set(route, handler),
    sawRequest: (route, count = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = seen.filter(({ method, path }) => `${method} ${path}` === route)[count - 1]
          if (found === undefined) return
          watchers = watchers.filter((watcher) => watcher !== look)
          resolve(found)
        }
        watchers.push(look)
        look()
      }),
    stop: () => stopServer(server),
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export function sendProblem(response: ServerResponse, code: ProblemCode, more: object = {}): void {
  const { status, title } = problems[code]
  const body = { type: PROBLEM_TYPE_BASE + code, title, status, code, ...more }
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(body))
}

/** What the API says of a file before it sends it. */
export function fileHeaders(content: Buffer): Record<string, string> {
  return {
    'content-type': 'text/csv',
    'content-length': String(content.length),
    'repr-digest': `sha-256=:${createHash('sha256').update(content).digest('base64')}:`,
  }
}

/** Opens an event stream; each call of the returned function sends one migration. */
export function openEvents(response: ServerResponse): (migration: MigrationView) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(':\n\n')
  return (migration) => {
    response.write(`event: migration\nid: ${String(migration.revision)}\ndata: ${JSON.stringify(migration)}\n\n`)
  }
}

export const account = {
  id: '5a1f0d6e-6c0f-4d29-9a2b-0c8a2f0c9b11',
  email: 'ada@example.org',
  organisation: null,
  capBytesPerSecond: 209_715_200,
} as const

export function migrationView(part: Partial<MigrationView> = {}): MigrationView {
  return runningMigration({ source: { ...runningMigration().source, endpoint: 'http://127.0.0.1:9000' }, ...part })
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) body += chunk
  return body
}

function stopServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
