import { createHash, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type SealedSecret, sealedSecretSchema } from '#shared/contract/schemas.ts'
import { Secret } from '#shared/domain/secret.ts'
import { createNotificationListener } from '../../../server/db/listener.ts'
import { notificationChannels } from '../../../server/db/notifications.ts'
import { createSealingKeyPair } from '../../../server/worker/sealing/sealing-key.ts'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { type S3Endpoint, startS3Endpoint } from '../../support/s3-endpoint.ts'
import { endWithReport, manyRows } from '../api/report-fixture.ts'
import { startApp, startInput, type TestApp } from './app-without-electron.ts'

const secretAccessKey = 'remembered-secret'
let api: TestApi
let s3: S3Endpoint
let folder: string
let app: TestApp
let proposed: string
beforeAll(async () => {
  api = await startTestApi()
  s3 = await startS3Endpoint({ buckets: ['source'], accessKeyId: 'AKIASOURCE', secretAccessKey })
  await mkdir(join(s3.dataDir, 'source'), { recursive: true })
  await writeFile(join(s3.dataDir, 'source', 'a.txt'), 'hello')
})
afterAll(async () => {
  await Promise.all([api.stop(), s3.stop()])
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'after-the-end-'))
  app = startApp({
    apiOrigin: api.origin,
    askWhereTo: (name) => Promise.resolve(join(folder, (proposed = name))),
  })
  await app.session.signIn(api.accounts.member.key)
})
afterEach(async () => {
  await app.session.signOut()
  await api.database.query('DELETE FROM migrations')
  await rm(folder, { recursive: true })
})

const input = () => ({
  ...startInput(s3.endpoint, Secret.of(secretAccessKey), api.accounts.member.personalBucketId),
  isSecretRemembered: true,
})
const again = (migrationId: string) => ({
  migrationId,
  secretAccessKey: null,
  isSecretRemembered: false,
  dispatchKey: randomUUID(),
})
const started = { kind: 'started', rememberProblem: null }

/** Listens as a worker does. */
async function nextSealedSecret() {
  let hear = (_payload: string): void => undefined
  const sealed = new Promise<SealedSecret>((resolve) => {
    hear = (payload) => resolve(noticeSchema.parse(JSON.parse(payload)).sealed)
  })
  const logger = { info: () => undefined, warn: () => undefined }
  const listener = createNotificationListener(
    { databaseUrl: api.testDatabase.url, applicationName: 'worker of the test', logger },
    { onNotification: { [notificationChannels.secretSealed]: hear }, onReturn: () => undefined },
  )
  await listener.start()
  return { sealed, stop: listener.stop }
}
const noticeSchema = z.object({ sealed: sealedSecretSchema })

/** Starts one, remembers its secret, and ends it. */
async function ended(): Promise<string> {
  expect(await app.startMigration(input())).toEqual(started)
  const id = app.state.current()?.migration.id ?? ''
  await app.migrations.cancel(id)
  await vi.waitFor(() => expect(app.state.current()?.migration.state).toBe('cancelled'), 10_000)
  return id
}

describe('B4, B7: run again against the real API', () => {
  it('needs no retyping, days and a restart later', async () => {
    const first = await ended()
    const restarted = startApp({ apiOrigin: api.origin, backend: app.backend, settings: app.settings })
    await restarted.session.restore()
    expect(await restarted.runAgain(again(first))).toEqual(started)
    const second = restarted.state.current()
    expect(second).toMatchObject({
      handover: 'ready',
      migration: { state: 'queued', source: { bucket: 'source' }, options: { existing: 'never-overwrite' } },
    })
    expect(second?.migration.id).not.toBe(first)
    expect(await restarted.runAgain(again(second?.migration.id ?? ''))).toMatchObject({
      kind: 'refused',
      problem: { code: 'migration-live' },
    })
    // S7: the server decides for the ended one.
    expect(await restarted.runAgain(again(first))).toMatchObject({ kind: 'refused', problem: { code: 'migration-live' } })
    restarted.migrations.accountLeft()
  })

  it('asks for the secret once it was forgotten', async () => {
    const first = await ended()
    const [source] = app.remembered.list()
    expect(source).toEqual({ endpoint: s3.endpoint, accessKeyId: 'AKIASOURCE' })
    expect(await app.remembered.forget({ endpoint: s3.endpoint, accessKeyId: 'AKIASOURCE' })).toEqual({ ok: true, value: null })
    expect(await app.runAgain(again(first))).toEqual({ kind: 'secret-needed', reason: null })
  })

  it('B8: a new worker gets the remembered secret from an app that holds it no more', async () => {
    expect(await app.startMigration(input())).toEqual(started)
    const id = app.state.current()?.migration.id ?? ''
    app.migrations.accountLeft()
    const worker = await createSealingKeyPair()
    const handedOver = await nextSealedSecret()
    await api.database.query(
      `UPDATE migrations SET state = 'awaiting-credentials', revision = revision + 1, sealing_key_id = $2, sealing_public_key = $3
       WHERE id = $1`,
      [id, worker.published.keyId, worker.published.publicKey],
    )
    const restarted = startApp({ apiOrigin: api.origin, backend: app.backend, settings: app.settings })
    await restarted.session.restore()
    const opened = await worker.open(id, await handedOver.sealed)
    await handedOver.stop()
    expect(opened.ok && opened.value.reveal()).toBe(secretAccessKey)
    await vi.waitFor(() => expect(restarted.state.current()?.handover).toBe('handed-over'), 10_000)
    restarted.migrations.accountLeft()
  })
})

describe('B3: the report from the real API', () => {
  it.each(['csv', 'json'] as const)('is saved as %s, byte for byte', async (format) => {
    const id = await endWithReport(api, api.accounts.member, manyRows(5_000))
    const view = await app.api('getMigration', { params: { migrationId: id } })
    const named = startApp({
      apiOrigin: api.origin,
      askWhereTo: (name) => Promise.resolve(join(folder, name.replace('.csv', `.${format}`))),
    })
    await named.session.signIn(api.accounts.member.key)
    const answer = await named.reports.save(id)
    const [fileName = ''] = await readdir(folder)
    const sha256 = createHash('sha256').update(await readFile(join(folder, fileName))).digest('hex')
    expect(answer).toEqual({ ok: true, value: { kind: 'saved', fileName, sha256 } })
    expect(view.ok && view.value.report?.[format].sha256).toBe(sha256)
    named.migrations.accountLeft()
  })

  it('is not asked for a place when there is none', async () => {
    proposed = 'nothing'
    expect(await app.reports.save(await ended())).toEqual({ ok: false, error: { code: 'report-not-there' } })
    expect(proposed).toBe('nothing')
  })

  it('B6: lists what did not make it, and finds the migration', async () => {
    const id = await endWithReport(api, api.accounts.member, manyRows(300))
    expect(await app.api('listExceptions', { params: { migrationId: id } })).toMatchObject({ ok: true, value: { total: 3 } })
    const found = await app.api('listMigrations', { query: { search: 'phot' } })
    expect(found.ok && found.value.migrations.map((migration) => migration.id)).toEqual([id])
    const none = await app.api('listMigrations', { query: { search: 'nowhere' } })
    expect(none.ok && none.value.migrations).toEqual([])
  })
})
