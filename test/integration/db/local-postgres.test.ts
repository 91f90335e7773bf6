import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { randomUUID } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { startEmbeddedPostgres } from '../../../scripts/local-stack/postgres.ts'
import { runAsServerAdmin } from '../../support/postgres.ts'

const dataDir = join(tmpdir(), `carolina-local-postgres-${randomUUID()}`)
let child: ChildProcess | undefined

afterEach(async () => {
  child?.kill('SIGKILL')
  await rm(dataDir, { recursive: true, force: true })
  await rm(`${dataDir}.secrets`, { recursive: true, force: true })
})

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.unref().once('connect', () => socket.destroy())
  })

test('keeps its data and its password over a restart; the password’s files are private', async () => {
  const first = await startEmbeddedPostgres({ dataDir })
  await runAsServerAdmin(first.databaseUrl('postgres').reveal(), 'CREATE TABLE kept ()')
  const urlFile = await first.writeUrlFile('postgres')
  expect(statSync(urlFile).mode & 0o077).toBe(0)
  await first.stop()
  expect(await isListening(first.port)).toBe(false)

  const second = await startEmbeddedPostgres({ dataDir, port: first.port })
  await runAsServerAdmin(second.databaseUrl('postgres').reveal(), 'SELECT FROM kept')
  await second.stop()
})

test('B8: when its starter is killed hard, the server ends and a temporary folder goes with it', async () => {
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(join(import.meta.dirname, '../../../scripts/local-stack/postgres.ts'))})
    const { port } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, isTemporary: true })
    console.log(port)
    setInterval(() => {}, 1000)`
  child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [output] = (await once(child.stdout!, 'data')) as [Buffer]
  const port = Number(output.toString())
  expect(await isListening(port)).toBe(true)

  child.kill('SIGKILL')
  await vi.waitFor(() => expect([existsSync(dataDir), existsSync(`${dataDir}.secrets`)]).toEqual([false, false]), {
    timeout: 20_000,
  })
  expect(await isListening(port)).toBe(false)
})
