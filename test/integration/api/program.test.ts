import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller } from './api-caller.ts'
import { readEvents } from './event-reader.ts'
import { dispatchOne } from './migration-fixture.ts'

let api: TestApi
let program: ChildProcess | undefined

beforeEach(async () => {
  api = await startTestApi()
})
afterEach(async () => {
  program?.kill('SIGKILL')
  program = undefined
  await api.stop()
})

interface Run {
  readonly child: ChildProcess
  readonly exited: Promise<number | null>
  output(): string
  errors(): string
}

function run(environment: Record<string, string>): Run {
  const child = spawn(process.execPath, ['server/api/index.ts'], {
    env: { PATH: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  program = child
  let [output, errors] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  return {
    child,
    exited: once(child, 'close').then(([code]) => code as number | null),
    output: () => output,
    errors: () => errors,
  }
}

async function listen(): Promise<{ started: Run; origin: string }> {
  const started = run({ DATABASE_URL_FILE: api.testDatabase.urlFile, PORT: '0' })
  while (!started.output().includes('\n')) await once(started.child.stdout!, 'data')
  const { event, port } = JSON.parse(started.output()) as { event: string; port: number }
  expect(event).toBe('listening')
  return { started, origin: `http://127.0.0.1:${String(port)}` }
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'announces its port; on %s ends streams and exits 0 within 5 s (B8)',
  async (signal) => {
    const { started, origin } = await listen()
    const id = await dispatchOne(api, api.accounts.member)
    const stream = await readEvents(origin, `/v1/migrations/${id}/events`, api.accounts.member.key)
    await stream.next()

    const begin = performance.now()
    started.child.kill(signal)
    expect(await stream.next()).toBeNull()
    expect(await started.exited).toBe(0)
    expect(performance.now() - begin).toBeLessThan(5_000)
    await expect(createApiCaller(origin, null).get('/healthz')).rejects.toThrow()
    expect(started.output().trim().split('\n')).toHaveLength(1)
  },
)

test('settings that do not fit are named with their fix, and it exits 1', async () => {
  const { exited, errors } = run({ PORT: 'many', LOG_LEVEL: 'trace' })
  expect(await exited).toBe(1)
  expect(errors()).toMatch(/PORT does not fit: set it to .*\n.*LOG_LEVEL|LOG_LEVEL does not fit: set it to .*\n.*PORT/s)
})

test('S9: it runs without the key to the destination secrets, and its log has no password', async () => {
  const { started } = await listen()
  const { password } = new URL(api.testDatabase.url.reveal())
  started.child.kill('SIGTERM')
  await started.exited
  expect(password).not.toBe('')
  expect(started.errors()).not.toContain(password)
})
