import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { findApi } from '../../../src/main/api-origin/find-api.ts'
import { type SeededAccount, startTestApi, type TestApi } from '../../support/api-server.ts'
import { type S3Endpoint, startS3Endpoint } from '../../support/s3-endpoint.ts'
import { startApp, startInput } from './app-without-electron.ts'

const secretAccessKey = 'app-and-api-secret'
let api: TestApi
let s3: S3Endpoint
beforeAll(async () => {
  api = await startTestApi()
  s3 = await startS3Endpoint({ buckets: ['source'], accessKeyId: 'AKIASOURCE', secretAccessKey })
  await mkdir(join(s3.dataDir, 'source'), { recursive: true })
  await writeFile(join(s3.dataDir, 'source', 'a.txt'), 'hello')
})
afterAll(async () => {
  await Promise.all([api.stop(), s3.stop()])
})

const input = (destinationId: string) => startInput(s3.endpoint, Secret.of(secretAccessKey), destinationId)

async function signedIn(account: SeededAccount) {
  const app = startApp({ apiOrigin: api.origin })
  expect(await app.session.signIn(account.key)).toEqual({ ok: true, value: null })
  return app
}

describe('the app against the real API', () => {
  let app: Awaited<ReturnType<typeof signedIn>>
  beforeEach(async () => {
    app = await signedIn(api.accounts.member)
  })

  afterEach(() => app.session.signOut())

  it('signs in as the key’s account', () => {
    expect(app.state.snapshot().session).toMatchObject({
      kind: 'signed-in',
      account: { email: 'member@example.com', organisation: { name: 'Pine Labs', role: 'member' } },
    })
  })

  it('B13: is found at its address', async () => {
    expect(await findApi(api.origin)).toEqual({ ok: true, value: null })
  })

  it('E10: an unknown key is refused', async () => {
    expect(await startApp({ apiOrigin: api.origin }).session.signIn(Secret.of('cck_unknown'))).toMatchObject({ error: { code: 'unauthenticated' } })
  })

  it('S8: the server refuses a plain member’s dispatch into an org bucket', async () => {
    expect(await app.startMigration(input(api.organisationBucketId))).toMatchObject({
      kind: 'refused',
      problem: { code: 'destination-forbidden' },
    })
  })

  it('S5, S7, S14, S15: start, find it again elsewhere, be told that it is live, cancel', async () => {
    expect(await app.startMigration(input(api.accounts.member.personalBucketId))).toEqual({ kind: 'started', rememberProblem: null })
    expect(app.state.current()).toMatchObject({ handover: 'ready', migration: { state: 'queued', source: { bucket: 'source' } } })
    const id = app.state.current()?.migration.id ?? ''

    const elsewhere = await signedIn(api.accounts.member)
    await vi.waitFor(() => expect(elsewhere.state.current()?.migration.id).toBe(id))
    expect(await elsewhere.startMigration(input(api.accounts.member.personalBucketId))).toMatchObject({
      kind: 'refused',
      problem: { code: 'migration-live', migrationId: id },
    })

    expect(await elsewhere.migrations.cancel(id)).toEqual({ ok: true, value: null })
    // The first app hears it by its stream.
    await vi.waitFor(() => expect(app.state.current()?.migration.state).toBe('cancelled'), 10_000)
    expect(app.secrets.secretFor(id)).toBeNull()
    await elsewhere.session.signOut()
  })

  it('S9: signing out during the preflight dispatches nothing, for whoever comes next either', async () => {
    const starting = app.startMigration(input(api.accounts.member.personalBucketId))
    await app.session.signOut()
    expect(await app.session.signIn(api.accounts.member.key)).toEqual({ ok: true, value: null })
    expect(await starting).toEqual({ kind: 'refused', problem: { code: 'signed-out' } })
    const page = await app.api('listMigrations', { query: {} })
    expect(page.ok && page.value.migrations.map(({ state }) => state)).toEqual(['cancelled'])
    expect(app.state.current()).toBeNull()
  })

  it('S9: the API never saw the source secret', () => {
    expect(api.logText()).not.toContain(secretAccessKey)
  })
})
