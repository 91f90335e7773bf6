import type { Request } from 'express'
import type { z } from 'zod'
import type { Endpoint, EndpointName, endpoints } from '#shared/contract/endpoints.ts'
import { IDEMPOTENCY_KEY_HEADER } from '#shared/contract/headers.ts'
import type { FieldError } from '#shared/contract/schemas.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { toFieldErrors } from './field-errors.ts'
import type { Caller } from '../stores/ports.ts'
import type { Problem } from './problem.ts'

type Parts<N extends EndpointName> = (typeof endpoints)[N]
type OutputOf<N extends EndpointName, Part extends 'params' | 'query' | 'body'> =
  Parts<N> extends Readonly<Record<Part, infer Schema extends z.ZodType>> ? z.output<Schema> : undefined

/** A request of endpoint `N` after parsing: nothing in it is unchecked. */
export interface Call<N extends EndpointName> {
  readonly caller: Caller
  readonly params: OutputOf<N, 'params'>
  readonly query: OutputOf<N, 'query'>
  readonly body: OutputOf<N, 'body'>
  readonly idempotencyKey: Parts<N> extends { readonly isIdempotencyKeyRequired: true } ? string : undefined
}

export interface ParsedParts {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly idempotencyKey: string | undefined
}

const idempotencyKeyPattern = /^[\u0021-\u007e]{1,128}$/

/** Parses all parts of a request by the endpoint's schemas and tells every bad field at once. */
export function parseRequest(endpoint: Endpoint, request: Request): Result<ParsedParts, Problem> {
  const params = endpoint.params?.safeParse(request.params)
  // An id that cannot exist is an address where nothing is.
  if (params?.success === false) return err({ code: 'not-found' })
  const query = endpoint.query?.safeParse(request.query)
  const body = endpoint.body?.safeParse(request.body)
  const idempotencyKey = endpoint.isIdempotencyKeyRequired === true ? parseIdempotencyKey(request) : undefined
  const errors = [
    ...(idempotencyKey?.ok === false ? [idempotencyKey.error] : []),
    ...toFieldErrors(query?.error?.issues ?? []),
    ...toFieldErrors(body?.error?.issues ?? []),
  ]
  if (errors.length > 0) return err({ code: 'invalid-fields', errors })
  return ok({
    params: params?.data,
    query: query?.data,
    body: body?.data,
    idempotencyKey: idempotencyKey?.ok === true ? idempotencyKey.value : undefined,
  })
}

function parseIdempotencyKey(request: Request): Result<string, FieldError> {
  const text = request.get(IDEMPOTENCY_KEY_HEADER) ?? ''
  if (idempotencyKeyPattern.test(text)) return ok(text)
  // A header has no place in the body that a pointer could name.
  const about = { pointer: '', field: null }
  return err(
    text === ''
      ? {
          ...about,
          code: 'empty',
          detail: `The header ${IDEMPOTENCY_KEY_HEADER} is required: a fresh UUID for each migration, the same one for each retry.`,
        }
      : {
          ...about,
          code: 'malformed',
          detail: `The header ${IDEMPOTENCY_KEY_HEADER} takes 1 to 128 visible ASCII characters.`,
        },
  )
}
