import { z } from 'zod'
import type { ProblemCode } from './problems.ts'
import { createMigrationSchema } from './create-migration.ts'
import {
  accountViewSchema,
  destinationViewSchema,
  logLineSchema,
  migrationViewSchema,
  objectExceptionSchema,
  sealedSecretSchema,
} from './schemas.ts'

/** One row of the API: the router, the app's client, validation on both sides and OpenAPI derive from it. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Express and OpenAPI share no syntax; `:name` here, `{name}` in the document. */
  readonly path: `/v1/${string}`
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly status: 200 | 201 | 202
  readonly response: z.ZodType
  /** Besides the ones every endpoint may give (401, 404, 429, 5xx). */
  readonly problems: readonly ProblemCode[]
  readonly isIdempotencyKeyRequired?: true
  readonly isEventStream?: true
  /** The answer is a file: streamed, with `Content-Length` and its SHA-256 in `Repr-Digest` (RFC 9530). */
  readonly isFile?: true
}

const migrationParams = z.object({ migrationId: z.uuid() })

export const MAX_PAGE_SIZE = 100
export const LOG_TAIL_LINES = 200
/** Exceptions that the API lists one by one; the report has them all. */
export const LISTED_EXCEPTIONS = 100

export const reportFormats = ['csv', 'json'] as const
export type ReportFormat = (typeof reportFormats)[number]

export const endpoints = {
  getMe: {
    method: 'GET',
    path: '/v1/me',
    summary: 'Who the API key belongs to',
    status: 200,
    response: accountViewSchema,
    problems: [],
  },
  listDestinations: {
    method: 'GET',
    path: '/v1/destinations',
    summary: 'The buckets this account may see',
    status: 200,
    response: z.object({ destinations: z.array(destinationViewSchema) }),
    problems: [],
  },
  createMigration: {
    method: 'POST',
    path: '/v1/migrations',
    summary: 'Dispatch a migration; the secret follows, sealed, once a worker asks for it',
    body: createMigrationSchema,
    status: 201,
    response: migrationViewSchema,
    problems: ['malformed-request', 'destination-forbidden', 'migration-live', 'idempotency-key-reused', 'payload-too-large', 'unsupported-media-type', 'invalid-fields'],
    isIdempotencyKeyRequired: true,
  },
  listMigrations: {
    method: 'GET',
    path: '/v1/migrations',
    summary: 'The account’s migrations, newest first',
    query: z.object({
      limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(20),
      /** `nextCursor` of the page before. */
      cursor: z.string().max(256).optional(),
      /** B6: only migrations whose source or destination bucket, or destination name, contains this text. */
      search: z.string().trim().max(256).optional(),
    }),
    status: 200,
    response: z.object({ migrations: z.array(migrationViewSchema), nextCursor: z.string().nullable() }),
    problems: ['invalid-fields'],
  },
  getMigration: {
    method: 'GET',
    path: '/v1/migrations/:migrationId',
    summary: 'One migration as it stands',
    params: migrationParams,
    status: 200,
    response: migrationViewSchema,
    problems: [],
  },
  handOverSecret: {
    method: 'PUT',
    path: '/v1/migrations/:migrationId/source-secret',
    summary: 'Hand the sealed source secret to the waiting worker, once',
    params: migrationParams,
    body: sealedSecretSchema,
    status: 202,
    response: z.object({}),
    problems: ['malformed-request', 'secret-not-awaited', 'migration-ended', 'payload-too-large', 'unsupported-media-type', 'invalid-fields'],
  },
  cancelMigration: {
    method: 'POST',
    path: '/v1/migrations/:migrationId/cancel',
    summary: 'Stop a migration; what was copied stays',
    params: migrationParams,
    status: 202,
    response: migrationViewSchema,
    problems: ['migration-ended'],
  },
  streamMigration: {
    method: 'GET',
    path: '/v1/migrations/:migrationId/events',
    summary: 'Server-sent events: the migration now and after each change, until it has ended',
    params: migrationParams,
    status: 200,
    response: migrationViewSchema,
    problems: [],
    isEventStream: true,
  },
  getLog: {
    method: 'GET',
    path: '/v1/migrations/:migrationId/log',
    summary: 'The tail of the worker’s log, oldest line first',
    params: migrationParams,
    query: z.object({ after: z.coerce.number().int().nonnegative().default(0) }),
    status: 200,
    response: z.object({ lines: z.array(logLineSchema) }),
    problems: ['invalid-fields'],
  },
  listExceptions: {
    method: 'GET',
    path: '/v1/migrations/:migrationId/exceptions',
    summary: 'The first objects that did not make it, each with its reason',
    params: migrationParams,
    status: 200,
    response: z.object({ exceptions: z.array(objectExceptionSchema).max(LISTED_EXCEPTIONS), total: z.number().int().nonnegative() }),
    problems: [],
  },
  getReport: {
    method: 'GET',
    path: '/v1/migrations/:migrationId/report',
    summary: 'The full report, one row per source object, as CSV or JSON',
    params: migrationParams,
    query: z.object({ format: z.enum(reportFormats).default('csv') }),
    status: 200,
    response: z.string(),
    problems: ['invalid-fields', 'report-not-there'],
    isFile: true,
  },
} as const satisfies Record<string, Endpoint>

export type EndpointName = keyof typeof endpoints
/** What a call answers, e.g. `ResponseOf<'getMe'>`. */
export type ResponseOf<N extends EndpointName> = z.output<(typeof endpoints)[N]['response']>
