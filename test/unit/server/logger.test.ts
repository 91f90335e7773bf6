import { describe, expect, test } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { createLogger, type LogLevel } from '../../../server/logger.ts'

const KEY = `cc_${'k'.repeat(43)}`

function logWith(fields: object, message = 'event', level: LogLevel = 'info'): string {
  let text = ''
  createLogger(level, { write: (line) => void (text += line) }, { program: 'test' }).info(fields, message)
  return text
}

describe('S9: redaction at the sink', () => {
  test.each([
    ['authorization', { headers: { Authorization: 'hunter2' } }],
    ['cookie', { headers: { cookie: 'hunter2' } }],
    ['secretAccessKey', { source: { secretAccessKey: 'hunter2' } }],
    ['secret_access_key', { secret_access_key: 'hunter2' }],
    ['ciphertext', { sealed: { ciphertext: 'hunter2' } }],
    ['secretCiphertext', { row: [{ secretCiphertext: 'hunter2' }] }],
    ['encapsulatedKey', { a: { encapsulatedKey: 'hunter2' } }],
    ['password', { db: { password: 'hunter2' } }],
    ['token', { session_token: 'hunter2' }],
    ['body', { request: { body: 'hunter2' } }],
    ['connectionString', { connectionString: 'hunter2' }],
    ['too deep to look', { a: { b: { c: { d: { e: { f: { g: 'hunter2' } } } } } } }],
  ])('by name: %s', (_name, fields) => {
    const line = logWith(fields)
    expect(line).not.toContain('hunter2')
    expect(line).toMatch(/\[redacted\]|\[deep\]/)
  })

  test.each([
    ['an API key in a message', {}, `key ${KEY} seen`],
    ['an API key in a field', { note: `x${KEY}` }, 'event'],
    ['an API key in an error', { err: new Error(`bad key ${KEY}`) }, 'event'],
    ['a bearer token in an error', { err: new Error('header was: Bearer hunter2hunter2') }, 'event'],
    ['a password in a URL', { err: new Error('postgresql://user:hunter2@host/db refused') }, 'event'],
  ])('by look: %s', (_case, fields, message) => {
    const line = logWith(fields, message)
    expect(line).not.toContain(KEY)
    expect(line).not.toContain('hunter2')
    expect(line).toContain('[redacted]')
  })

  test('of errors type, text, code and cause are kept, not the values that a database quotes', () => {
    const cause = Object.assign(new Error('duplicate key'), {
      code: '23505',
      constraint: 'accounts_email',
      detail: 'Key (email)=(hunter2) exists.',
    })
    const line = logWith({ err: new Error('could not add', { cause }) })
    expect(JSON.parse(line)).toMatchObject({
      err: { type: 'Error', message: 'could not add', cause: { code: '23505', constraint: 'accounts_email' } },
    })
    expect(line).not.toContain('hunter2')
  })

  test('a Secret is never written', () => {
    expect(logWith({ value: Secret.of('hunter2') })).not.toContain('hunter2')
  })
})

test('lines are JSON with level, time, program and facts', () => {
  expect(JSON.parse(logWith({ migrationId: 'm1', sizes: [1, 2], at2: null }))).toEqual({
    level: 'info',
    at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    program: 'test',
    migrationId: 'm1',
    sizes: [1, 2],
    at2: null,
    msg: 'event',
  })
})

test('below its level it is silent', () => {
  expect(logWith({}, 'event', 'error')).toBe('')
})
