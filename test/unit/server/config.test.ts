import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readApiConfig, readDirectoryConfig, readWorkerConfig } from '../../../server/config.ts'

let folder: string
const key = Buffer.alloc(32, 7).toString('base64')

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string, mode = 0o600): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  chmodSync(path, mode)
  return path
}

const problemsOf = (result: { ok: true } | { ok: false; error: readonly string[] }) => (result.ok ? [] : result.error)

describe('the API’s settings', () => {
  test('have careful defaults', () => {
    const config = readApiConfig({ DATABASE_URL: 'postgresql://user@db/carolina' })
    expect(config).toMatchObject({
      ok: true,
      value: {
        host: '127.0.0.1',
        port: 8080,
        capBytesPerSecond: 209_715_200,
        heartbeatMs: 3_000,
        isPrivateEndpointAllowed: false,
        logLevel: 'info',
        trustedProxies: 0,
      },
    })
    expect(config.ok && config.value.databaseUrl.reveal()).toBe('postgresql://user@db/carolina')
  })

  test('the URL with a password comes from a private file', () => {
    const path = file('url', 'postgresql://user:pass@db/carolina\n')
    const config = readApiConfig({ DATABASE_URL_FILE: path, PORT: '0' })
    expect(config.ok && config.value.databaseUrl.reveal()).toBe('postgresql://user:pass@db/carolina')
    expect(JSON.stringify(config.ok && Object.keys(config.value))).not.toContain('pass')
  })

  test.each([
    [{}, 'DATABASE_URL_FILE is not set (nor is DATABASE_URL)'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL does not fit: set it to postgresql://'],
    [{ DATABASE_URL: 'postgresql://u:hunter2@db/x' }, 'DATABASE_URL holds a password'],
    [{ DATABASE_URL: 'postgresql://u@db/x', DATABASE_URL_FILE: '/x' }, 'keep one'],
    [{ DATABASE_URL_FILE: '/does/not/exist' }, 'cannot be read (ENOENT)'],
    [{ DATABASE_URL: 'postgresql://u@db/x', PORT: '70000' }, 'PORT does not fit: set it to a port number'],
    [{ DATABASE_URL: 'postgresql://u@db/x', PORT: 'abc' }, 'PORT does not fit'],
    [
      { DATABASE_URL: 'postgresql://u@db/x', LOG_LEVEL: 'debug' },
      'LOG_LEVEL does not fit: set it to one of info, warn, error',
    ],
    [{ DATABASE_URL: 'postgresql://u@db/x', CAP_BYTES_PER_SECOND: '0' }, 'CAP_BYTES_PER_SECOND does not fit'],
    [{ DATABASE_URL: 'postgresql://u@db/x', ALLOW_PRIVATE_ENDPOINTS: 'yes' }, 'ALLOW_PRIVATE_ENDPOINTS does not fit'],
  ])('%j: names variable and fix', (environment, text) => {
    const problems = problemsOf(readApiConfig(environment))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(text)
    expect(problems[0]).not.toContain('hunter2')
  })

  test('all problems are told at once, empty counts as unset', () => {
    expect(problemsOf(readApiConfig({ PORT: 'x', LOG_LEVEL: 'x', HOST: '' }))).toHaveLength(2)
  })
})

describe('the key to the destination secrets', () => {
  const withKey = (path: string) =>
    readDirectoryConfig({ DATABASE_URL: 'postgresql://u@db/x', CREDENTIALS_KEY_FILE: path })

  test('is read from a private file', () => {
    const config = withKey(file('key', `${key}\n`))
    expect(config.ok && config.value.credentialsKey.reveal()).toBe(key)
  })

  test.each([
    ['readable by others', key, 0o644, 'chmod 600'],
    ['readable by the group', key, 0o640, 'chmod 600'],
    ['too short', Buffer.alloc(16).toString('base64'), 0o600, '32 bytes'],
    ['not base64', 'x'.repeat(44), 0o600, '32 bytes'],
    ['empty', '', 0o600, '32 bytes'],
  ])('%s: refused', (name, text, mode, hint) => {
    const [problem = ''] = problemsOf(withKey(file(name, text, mode)))
    expect(problem).toContain('CREDENTIALS_KEY_FILE')
    expect(problem).toContain(hint)
    if (text !== '') expect(problem).not.toContain(text)
  })
})

test('the worker’s settings', () => {
  const environment = {
    DATABASE_URL: 'postgresql://u@db/x',
    CREDENTIALS_KEY_FILE: file('worker-key', key),
    RCLONE_PATH: '/usr/bin/rclone',
  }
  expect(readWorkerConfig(environment)).toMatchObject({
    ok: true,
    value: { rclonePath: '/usr/bin/rclone', slots: 2, leaseTtlMs: 15_000 },
  })
  expect(problemsOf(readWorkerConfig({ ...environment, RCLONE_PATH: undefined, WORKER_SLOTS: '0' }))).toEqual([
    'RCLONE_PATH is not set: set it to the path of the rclone program.',
    'WORKER_SLOTS does not fit: set it to how many migrations this worker may run at once (1 to 64).',
  ])
})
