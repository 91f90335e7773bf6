import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ProblemCode, problemCodes, problems } from '#shared/contract/problems.ts'
import { appProblemSchema } from '#shared/ipc/problems.ts'
import {
  isConnectionProblem,
  problemFromErrorResponse,
  problemFromNetworkError,
} from '../../../../src/main/api/api-problem-rules.ts'
import { backoffMs } from '../../../../src/main/api/backoff-rules.ts'
import { MIGRATION_ID } from '../fakes/views.ts'

function documentOf(code: ProblemCode, more: object = {}): string {
  return JSON.stringify({ type: `https://x/${code}`, title: problems[code].title, status: problems[code].status, code, ...more })
}

describe('E10: answers of the API', () => {
  it.each(problemCodes)('keeps the code %s', (code) => {
    expect(problemFromErrorResponse(problems[code].status, documentOf(code))).toEqual({ code })
  })

  it('S7, E8: keeps which migration is live', () => {
    const body = documentOf('migration-live', { migrationId: MIGRATION_ID, instance: 'req-7' })
    expect(problemFromErrorResponse(409, body)).toEqual({ code: 'migration-live', migrationId: MIGRATION_ID, reference: 'req-7' })
  })

  it('keeps what is wrong field by field, and leaves out what no field shows', () => {
    const errors = [
      { pointer: '/source/bucket', field: 'bucket', code: 'empty', detail: 'x' },
      { pointer: '/extra', field: null, code: 'malformed', detail: 'x' },
    ]
    expect(problemFromErrorResponse(422, documentOf('invalid-fields', { errors }))).toEqual({
      code: 'invalid-fields',
      fields: [{ field: 'bucket', code: 'empty' }],
    })
  })

  it.each([
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'unavailable'],
    [429, 'rate-limited'],
    [500, 'api-not-understood'],
    [404, 'api-not-understood'],
    [401, 'api-not-understood'],
  ] as const)('a page of a proxy with status %s is %s', (status, code) => {
    expect(problemFromErrorResponse(status, '<html>')).toEqual({ code, reference: `HTTP ${String(status)}` })
  })

  it('always gives a problem the window can show', () => {
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
        expect(appProblemSchema.safeParse(problemFromErrorResponse(status, body)).success).toBe(true)
      }),
    )
  })

  it.each([
    ['ECONNREFUSED', 'api-unreachable'],
    ['ENOTFOUND', 'api-unreachable'],
    ['ETIMEDOUT', 'api-unreachable'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'api-tls-untrusted'],
    ['CERT_HAS_EXPIRED', 'api-tls-untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'api-tls-untrusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'api-tls-untrusted'],
    ['EPROTO', 'api-tls-untrusted'],
  ] as const)('%s means %s', (networkCode, code) => {
    expect(problemFromNetworkError(networkCode)).toEqual({ code, reference: networkCode })
  })

  it.each([
    ['api-unreachable', true],
    ['unavailable', true],
    ['internal', true],
    ['rate-limited', true],
    ['unauthenticated', false],
    ['not-found', false],
    ['migration-ended', false],
    ['signed-out', false],
  ] as const)('trying again may help with %s: %s', (code, expected) => {
    expect(isConnectionProblem({ code })).toBe(expected)
  })
})

describe('backoff', () => {
  it('grows from one second to half a minute and never waits less than half of that', () => {
    expect([1, 2, 3, 4, 5, 6, 50].map((failures) => backoffMs(failures, 0))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ])
    expect(backoffMs(6, 1)).toBe(15_000)
  })
})
