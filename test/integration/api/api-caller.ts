import { randomUUID } from 'node:crypto'
import { type ProblemDetails, problemDetailsSchema } from '#shared/contract/problems.ts'
import type { CreateMigrationInput } from '#shared/contract/create-migration.ts'
import { type MigrationView, migrationViewSchema } from '#shared/contract/schemas.ts'
import type { Secret } from '#shared/domain/secret.ts'

export interface ApiAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Parsed JSON, or null. */
  readonly body: unknown
}

/** Calls the API as one account would, or with no key at all. */
export function createApiCaller(origin: string, key: Secret | null) {
  const send = async (
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<ApiAnswer> => {
    const response = await fetch(origin + path, {
      method,
      headers: { ...(key === null ? {} : { authorization: `Bearer ${key.reveal()}` }), ...headers },
      ...(body === undefined ? {} : { body }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? null : (JSON.parse(text) as unknown),
    }
  }
  const sendJson = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(method, path, JSON.stringify(body), { 'content-type': 'application/json', ...headers })
  return {
    send,
    get: (path: string, headers?: Record<string, string>) => send('GET', path, undefined, headers),
    post: (path: string, body: unknown, headers?: Record<string, string>) => sendJson('POST', path, body, headers),
    put: (path: string, body: unknown) => sendJson('PUT', path, body),
    dispatch: (body: unknown, idempotencyKey: string = randomUUID()) =>
      sendJson('POST', '/v1/migrations', body, { 'idempotency-key': idempotencyKey }),
    cancel: (id: string) => send('POST', `/v1/migrations/${id}/cancel`),
  }
}

export function dispatchBody(
  destinationId: string,
  change: Partial<CreateMigrationInput['source']> = {},
): CreateMigrationInput {
  return {
    source: {
      endpoint: 'http://127.0.0.1:9000',
      region: 'us-east-1',
      accessKeyId: 'SOURCEKEY',
      bucket: 'photos',
      target: { kind: 'folder', prefix: 'summer/' },
      ...change,
    },
    destination: { id: destinationId, prefix: 'summer' },
  }
}

/** Fails unless the answer is a problem as RFC 9457 and the contract have it. */
export function problemOf(answer: ApiAnswer): ProblemDetails {
  const problem = problemDetailsSchema.strict().parse(answer.body)
  if (answer.headers.get('content-type') !== 'application/problem+json')
    throw new Error('wrong content type of a problem')
  if (problem.status !== answer.status) throw new Error('the status of the problem is not the answer’s')
  if (problem.instance !== answer.headers.get('x-request-id')) throw new Error('the instance is not the request’s id')
  return problem
}

export function migrationOf(answer: ApiAnswer): MigrationView {
  return migrationViewSchema.strict().parse(answer.body)
}
