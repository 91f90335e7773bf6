import { type ProblemCode, problems } from '#shared/contract/problems.ts'
import type { FieldError } from '#shared/contract/schemas.ts'

/** A refusal as a value: what use cases return. */
export interface Problem {
  readonly code: ProblemCode
  /** For the person at the other end. */
  readonly detail?: string
  /** With `invalid-fields`. */
  readonly errors?: readonly FieldError[]
  /** With `migration-live`. */
  readonly migrationId?: string
}

/** A refusal on its way to the one exit (`problem-exit.ts`). The message is for the log, never for the answer. */
export class ApiProblem extends Error {
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>

  constructor(
    problem: Problem,
    options: { readonly headers?: Readonly<Record<string, string>>; readonly cause?: unknown } = {},
  ) {
    super(`${problem.code}: ${problems[problem.code].title}`, { cause: options.cause })
    this.name = 'ApiProblem'
    this.problem = problem
    this.headers = options.headers ?? {}
  }
}
