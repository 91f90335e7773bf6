import { z } from 'zod'
import { problemCodes } from '../contract/problems.ts'
import { fieldNames, fieldProblemCodes } from '../domain/text-rules.ts'

/** Problems that arise in the app itself, beside those the API names. */
export const localProblemCodes = [
  'api-unreachable',
  'api-tls-untrusted',
  'api-not-understood',
  'keychain-unavailable',
  'keychain-locked',
  'keychain-denied',
  'keychain-timeout',
  'signed-out',
  /** The source does not accept a secret that was typed again or remembered; `reference` is the finding's code. */
  'source-not-ready',
  /** The report could not be written; `reference` is the system's code (ENOSPC, EACCES …). */
  'report-not-saved',
  /** It came, but not as the API said it would: cut short or changed on the way. */
  'report-damaged',
  /** The address is none of an API: no https origin, or nothing there that answers like one. */
  'api-origin-unusable',
  /** The system did not take the change; `reference` is its code (EACCES …). */
  'login-item-not-changed',
  /** A migration is being started or waits for its secret key: not the moment to look for updates, or to restart. */
  'update-held',
  /** A restart would throw away what the wizard holds. */
  'draft-held',
  'unexpected',
] as const

export const fieldProblemSchema = z.object({
  field: z.enum(fieldNames),
  code: z.enum([...fieldProblemCodes, 'malformed']),
  repair: z.partialRecord(z.enum(fieldNames), z.string()).optional(),
  limit: z.number().optional(),
})
export type FieldProblemView = z.infer<typeof fieldProblemSchema>

/** A problem as it crosses to the window: a code the copy has words for, never a stack or a secret. */
export const appProblemSchema = z.object({
  code: z.enum([...problemCodes, ...localProblemCodes]),
  fields: z.array(fieldProblemSchema).optional(),
  /** With `migration-live`. */
  migrationId: z.uuid().optional(),
  /** The API's request id or the cause's own code, shown small behind "Details". */
  reference: z.string().optional(),
})
export type AppProblem = z.infer<typeof appProblemSchema>
