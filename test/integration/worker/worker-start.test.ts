import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findRclonePath } from '../../support/s3-endpoint.ts'
import { type MigrationStage, startMigrationStage } from './support/migration-stage.ts'
import { spawnWorker, workerEnvironment } from './support/worker-process.ts'

describe('the worker program', () => {
  let stage: MigrationStage
  let folder: string

  beforeAll(async () => {
    stage = await startMigrationStage()
    folder = await mkdtemp(join(tmpdir(), 'worker-start-'))
  })
  afterAll(async () => {
    await stage.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function failToStart(
    change: Readonly<Record<string, string>>,
  ): Promise<{ code: number | null; errors: string; output: string }> {
    const child = spawnWorker({
      ...workerEnvironment({
        databaseUrlFile: stage.api.testDatabase.urlFile,
        credentialsKeyFile: stage.api.credentialsKeyFile,
      }),
      ...change,
    })
    let [errors, output] = ['', '']
    child.stderr?.on('data', (text: Buffer) => (errors += text.toString()))
    child.stdout?.on('data', (text: Buffer) => (output += text.toString()))
    return { code: await new Promise((resolve) => child.once('close', resolve)), errors, output }
  }

  async function fakeRclone(says: string): Promise<string> {
    const path = join(folder, `rclone-${says.replaceAll(' ', '-')}`)
    await writeFile(path, `#!/bin/sh\necho '${says}'\n`)
    await chmod(path, 0o755)
    return path
  }

  test('S9: an rclone that can leak secrets is refused, with what to do', async () => {
    const { code, errors, output } = await failToStart({ RCLONE_PATH: await fakeRclone('rclone v1.74.9') })
    expect(code).toBe(1)
    expect(errors).toMatch(
      /rclone 1\.74\.9.*can leak credentials: install rclone 1\.75\.0 or newer and name it in RCLONE_PATH/,
    )
    expect(output).toBe('')
  })

  test('what is no rclone, or is not there, is refused in words as well', async () => {
    expect((await failToStart({ RCLONE_PATH: await fakeRclone('hello') })).errors).toContain(
      'does not say which rclone it is',
    )
    expect((await failToStart({ RCLONE_PATH: join(folder, 'nothing') })).errors).toContain('could not be run')
  })

  test('settings that are missing are named', async () => {
    const { code, errors } = await failToStart({ CREDENTIALS_KEY_FILE: '' })
    expect(code).toBe(1)
    expect(errors).toContain('CREDENTIALS_KEY_FILE')
  })

  test('one line on standard output says it is ready; SIGINT ends an idle worker at once', async () => {
    const worker = await stage.startWorker()
    const askedAt = Date.now()
    expect(await worker.end('SIGINT')).toBe(0)
    expect(Date.now() - askedAt).toBeLessThan(2_000)
    expect(
      worker
        .output()
        .split('\n')
        .filter((line) => line.includes('"event"')),
    ).toEqual([JSON.stringify({ event: 'ready', workerId: worker.workerId })])
  })

  test('E9: a worker that may not reach private addresses refuses such a source itself, and starts no rclone', async () => {
    const worker = await stage.startWorker({ ALLOW_PRIVATE_ENDPOINTS: 'false' })
    const id = await stage.dispatch({ kind: 'bucket' })
    await stage.handOver(id)
    const end = await stage.waitForEnd(id)
    expect(end).toMatchObject({
      state: 'failed',
      startedAt: null,
      failure: { code: 'unreachable', side: 'source', exitCode: null },
    })
    expect(end.failure?.message).toContain('is not a public address')
    await worker.end('SIGTERM')
  })

  test('the rclone of the tests is one the worker takes', () => {
    expect(execFileSync(findRclonePath(), ['version'], { encoding: 'utf8' })).toMatch(/^rclone v1\.(7[5-9]|[89]\d)/)
  })
})
