import { PutObjectCommand } from '@aws-sdk/client-s3'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MIB } from '#shared/domain/units.ts'
import {
  destinationKey,
  type MigrationStage,
  SOURCE_BUCKET,
  sourceKey,
  startMigrationStage,
} from './support/migration-stage.ts'
import { isRunning, type WorkerProcess } from './support/worker-process.ts'

const secrets = [sourceKey.secretAccessKey, destinationKey.secretAccessKey]
const leaks = (text: string): boolean =>
  secrets.some((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret)))

function processFacts(pid: number): string {
  return ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${String(pid)}/${name}`, 'utf8')).join('\n')
}

/** Files below `folder` that hold a secret; only what was written after `sinceMs`, and no other test's key files. */
function leakingFiles(folder: string, sinceMs: number): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    try {
      // Another file system mounted there (a chroot’s /proc) is nobody’s temporary folder, and may never end.
      if (entry.isDirectory()) return statSync(path).dev === statSync(folder).dev ? leakingFiles(path, sinceMs) : []
      const isRecent = entry.isFile() && statSync(path).mtimeMs >= sinceMs && statSync(path).size < MIB
      return isRecent && leaks(readFileSync(path, 'latin1')) ? [path] : []
    } catch {
      return []
    }
  })
}

describe('the secrets of a migration', () => {
  let stage: MigrationStage
  let worker: WorkerProcess

  beforeAll(async () => {
    stage = await startMigrationStage({ capBytesPerSecond: MIB })
    await stage.source.send(
      new PutObjectCommand({ Bucket: SOURCE_BUCKET, Key: 'film.bin', Body: randomBytes(3 * MIB) }),
    )
    worker = await stage.startWorker()
  })
  afterAll(() => stage.stop())

  /** Every row of every table, and what the database remembers of statements, as text. */
  async function databaseText(): Promise<string> {
    const { database } = stage.api
    const { rows: tables } = await database.query<{ name: string }>(
      `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
    )
    const texts = await Promise.all(
      tables.map(({ name }) => database.query<{ text: string }>(`SELECT t::text AS text FROM ${name} AS t`)),
    )
    const activity = await database.query<{ text: string }>(
      'SELECT query AS text FROM pg_stat_activity WHERE query IS NOT NULL',
    )
    return [...texts, activity].flatMap(({ rows }) => rows.map(({ text }) => text)).join('\n')
  }

  test('S9 B1: no secret in database, logs, arguments, environments or files, during a copy and after it', async () => {
    const startedAt = Date.now()
    const id = await stage.dispatch({ kind: 'bucket' })
    const sealed = await stage.handOver(id)
    await stage.waitFor(id, 'copying', ({ progress }) => progress.copiedBytes > 0)
    const rclones = worker.rclonePids()
    expect(rclones).toHaveLength(1)
    for (const pid of [worker.pid, ...rclones]) expect(leaks(processFacts(pid)), `process ${pid}`).toBe(false)
    const during = await databaseText()
    expect(during).toContain(sourceKey.accessKeyId)
    expect(leaks(during)).toBe(false)
    expect(during).not.toContain(sealed.ciphertext)
    expect(leakingFiles(tmpdir(), startedAt)).toEqual([])

    expect((await stage.waitForEnd(id)).state).toBe('completed')
    expect(rclones.filter(isRunning)).toEqual([])
    const after = await databaseText()
    expect(leaks(after)).toBe(false)
    expect(after).not.toContain(sealed.ciphertext)
    expect(leaks(worker.output())).toBe(false)
    expect(leaks(stage.api.logText())).toBe(false)
    expect(leakingFiles(tmpdir(), startedAt)).toEqual([])
  })

  test('S9: a failure’s message and log do not repeat the secret that was refused', async () => {
    const wrong = 'wRong/Secret+0000000000000000000000000009'
    const id = await stage.dispatch({ kind: 'bucket' })
    await stage.handOver(id, wrong)
    expect((await stage.waitForEnd(id)).state).toBe('failed')

    expect(await databaseText()).not.toContain(wrong)
    expect(worker.output()).not.toContain(wrong)
  })
})
