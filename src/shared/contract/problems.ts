import { z } from 'zod'
import { fieldErrorSchema } from './schemas.ts'

/** Every refusal the API can give (RFC 9457). The list is closed; status and title belong to the code. */
export const problems = {
  'malformed-request': { status: 400, title: 'The request could not be read.' },
  unauthenticated: { status: 401, title: 'The API key is missing, unknown or revoked.' },
  'destination-forbidden': { status: 403, title: 'Your role may not migrate into this bucket.' },
  'not-found': { status: 404, title: 'There is no such thing, or it is not yours.' },
  'method-not-allowed': { status: 405, title: 'This address does not answer that method.' },
  'migration-live': { status: 409, title: 'You already have a migration in progress.' },
  'migration-ended': { status: 409, title: 'The migration has already ended.' },
  'secret-not-awaited': { status: 409, title: 'No worker is waiting for the secret under this key.' },
  'report-not-there': { status: 409, title: 'There is no report: the migration has not been verified, or its report was removed.' },
  'idempotency-key-reused': { status: 409, title: 'The Idempotency-Key was used for another request.' },
  'payload-too-large': { status: 413, title: 'The request is too large.' },
  'unsupported-media-type': { status: 415, title: 'Send application/json.' },
  'invalid-fields': { status: 422, title: 'Some fields need another value.' },
  'rate-limited': { status: 429, title: 'Too many requests; wait before the next.' },
  internal: { status: 500, title: 'Something went wrong on our side.' },
  unavailable: { status: 503, title: 'The service is not ready; try again shortly.' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems
export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]]

export const PROBLEM_TYPE_BASE = 'https://carolinacloud.io/problems/'

export const problemDetailsSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(problemCodes),
  detail: z.string().optional(),
  /** The request's id, to quote to support. */
  instance: z.string().optional(),
  /** With `invalid-fields`. */
  errors: z.array(fieldErrorSchema).optional(),
  /** With `migration-live`: the one that is live. */
  migrationId: z.uuid().optional(),
})
export type ProblemDetails = z.infer<typeof problemDetailsSchema>
