import type { z } from 'zod'
import type { FieldError } from '#shared/contract/schemas.ts'
import type { FieldName, FieldProblem } from '#shared/domain/text-rules.ts'
import { fieldDetail } from './field-details.ts'

type Issue = z.core.$ZodIssue

const fieldsByPointer: Readonly<Record<string, FieldName>> = {
  '/source/endpoint': 'endpoint',
  '/source/region': 'region',
  '/source/accessKeyId': 'accessKeyId',
  '/source/bucket': 'bucket',
  '/source/target': 'prefix',
  '/source/target/kind': 'prefix',
  '/source/target/prefix': 'prefix',
  '/source/target/key': 'prefix',
  '/destination/id': 'destinationBucketId',
  '/destination/prefix': 'destinationPrefix',
}

const MAX_ERRORS = 50
const MAX_DETAIL_CHARACTERS = 300

/** Every bad field of a request, for `invalid-fields`. Says names and rules, never the values sent. */
export function toFieldErrors(issues: readonly Issue[]): FieldError[] {
  return issues.slice(0, MAX_ERRORS).map(toFieldError)
}

function toFieldError(issue: Issue): FieldError {
  const pointer = toPointer(issue.path)
  const problem = domainProblemOf(issue)
  if (problem !== null) return { pointer, field: problem.field, code: problem.code, detail: fieldDetail(problem) }
  const field = fieldsByPointer[pointer] ?? null
  const detail = issue.message.slice(0, MAX_DETAIL_CHARACTERS)
  if (issue.code === 'too_big' && issue.origin === 'string') {
    return {
      pointer,
      field,
      code: 'too-long',
      detail: `Too long: at most ${String(issue.maximum)} characters are allowed.`,
    }
  }
  // Zod tells a missing value only in words, unless it is made to report the input, which may be a secret.
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return { pointer, field, code: 'empty', detail: 'A value is required.' }
  }
  return { pointer, field, code: 'malformed', detail }
}

/** The finding that a rule of the domain put into its issue (see `ruled` in the contract's schemas). */
function domainProblemOf(issue: Issue): FieldProblem | null {
  if (issue.code !== 'custom') return null
  return (issue.params?.['problem'] as FieldProblem | undefined) ?? null
}

/** RFC 6901. */
function toPointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
