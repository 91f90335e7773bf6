import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { z } from 'zod'
import type { Endpoint, EndpointName, endpoints } from '#shared/contract/endpoints.ts'
import type { Secret } from '#shared/domain/secret.ts'

type Table = typeof endpoints
type InputPart<N extends EndpointName, Part extends 'params' | 'query' | 'body'> = Table[N] extends {
  readonly [P in Part]: z.ZodType
}
  ? { readonly [P in Part]: z.input<Table[N][Part & keyof Table[N]] & z.ZodType> }
  : unknown

/** What a call needs, e.g. `CallInput<'getMigration'>` is `{ params: { migrationId: string } }`. */
export type CallInput<N extends EndpointName> = InputPart<N, 'params'> &
  InputPart<N, 'query'> &
  InputPart<N, 'body'> &
  (Table[N] extends { readonly isIdempotencyKeyRequired: true } ? { readonly idempotencyKey: string } : unknown)

/** Endpoints whose answer is a file. */
export type FileEndpointName = {
  [N in EndpointName]: Table[N] extends { readonly isFile: true } ? N : never
}[EndpointName]

export interface ApiClientOptions {
  readonly origin: string
  /** E.g. `carolina-migrate/0.1.0`. */
  readonly userAgent: string
}

/**
 * A line of its own for each request: one that was kept open may have died in a sleep or with the Wi-Fi, and a request
 * sent into it would wait for its time-out. Few requests are made, and TLS sessions are resumed.
 */
export const ownLine = {
  http: new HttpAgent({ keepAlive: false }),
  https: new HttpsAgent({ keepAlive: false }),
} as const

/** How long to wait for somebody to be there, in milliseconds. */
export const openingTimeout = { lookup: 5_000, connect: 5_000, secureConnect: 5_000, response: 15_000 }

/** The headers every request of ours carries; the one place where the API key is revealed. */
export function apiHeaders(apiKey: Secret, userAgent: string): Record<string, string> {
  return { authorization: `Bearer ${apiKey.reveal()}`, 'user-agent': userAgent, accept: 'application/json' }
}

/** `/v1/migrations/:migrationId` with its parameters put in. */
export function endpointPath(endpoint: Pick<Endpoint, 'path'>, params: Readonly<Record<string, unknown>> = {}): string {
  return endpoint.path.replace(/:([A-Za-z]+)/g, (_match, name: string) => encodeURIComponent(String(params[name])))
}

/** The address of a call with its path and query parameters put in. */
export function callUrl(
  endpoint: Pick<Endpoint, 'path'>,
  { params, query }: { readonly params?: object; readonly query?: object },
  origin: string,
): URL {
  const url = new URL(endpointPath(endpoint, { ...params }), origin)
  for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, String(value))
  return url
}
