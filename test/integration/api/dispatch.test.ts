import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createMigrationSchema } from '#shared/contract/create-migration.ts'
import { emptyProgress } from '#shared/domain/progress-model.ts'
import { createMigrationStore } from '../../../server/stores/migration-store.ts'
import type { NewMigration } from '../../../server/stores/ports.ts'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller, dispatchBody, migrationOf, problemOf } from './api-caller.ts'

let api: TestApi

beforeAll(async () => {
  api = await startTestApi({ capBytesPerSecond: 12_345_678 })
})
afterAll(() => api.stop())
afterEach(() => api.database.query('DELETE FROM migrations'))

const as = (name: keyof TestApi['accounts'], origin = api.origin) => createApiCaller(origin, api.accounts[name].key)
const personal = (name: keyof TestApi['accounts']) => dispatchBody(api.accounts[name].personalBucketId)

describe('POST /v1/migrations', () => {
  test('creates a queued migration with the service’s cap (S11) and the prefix as a folder (S4)', async () => {
    const answer = await as('member').dispatch(personal('member'))
    expect(answer.status).toBe(201)
    expect(migrationOf(answer)).toMatchObject({
      revision: 1,
      state: 'queued',
      source: { endpoint: 'http://127.0.0.1:9000', bucket: 'photos', target: { kind: 'folder', prefix: 'summer/' } },
      destination: {
        id: api.accounts.member.personalBucketId,
        name: 'My Storage (member)',
        scope: 'personal',
        prefix: 'summer/',
      },
      capBytesPerSecond: 12_345_678,
      progress: emptyProgress,
      throughput: null,
      waiting: null,
      inventory: null,
      verification: null,
      report: null,
      sealingKey: null,
      failure: null,
      startedAt: null,
      finishedAt: null,
    })
  })

  test('E8, S7: a second live migration is refused and names the first', async () => {
    const first = migrationOf(await as('member').dispatch(personal('member')))
    expect(problemOf(await as('member').dispatch(personal('member')))).toMatchObject({
      code: 'migration-live',
      status: 409,
      migrationId: first.id,
    })
    await as('member').cancel(first.id)
    expect((await as('member').dispatch(personal('member'))).status).toBe(201)
  })

  test('S7, B15: of 50 simultaneous dispatches through two APIs exactly one wins, and all others name it', async () => {
    const origins = [api.origin, await api.startAnother()]
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => as('member', origins[index % 2]).dispatch(personal('member'))),
    )
    const won = answers.filter(({ status }) => status === 201)
    expect(won).toHaveLength(1)
    const winner = migrationOf(won[0]!)
    const refused = answers.filter(({ status }) => status !== 201).map(problemOf)
    expect(new Set(refused.map(({ code, migrationId }) => `${code} ${String(migrationId)}`))).toEqual(
      new Set([`migration-live ${winner.id}`]),
    )
    const { rows } = await api.database.query('SELECT id FROM migrations')
    expect(rows).toEqual([{ id: winner.id }])
  })
})

describe('who may dispatch into what', () => {
  test('S8, E10: a plain member may not into organisation and project buckets; owner and admin may', async () => {
    for (const bucketId of [api.organisationBucketId, api.projectBucketId]) {
      expect(problemOf(await as('member').dispatch(dispatchBody(bucketId)))).toMatchObject({
        code: 'destination-forbidden',
        status: 403,
      })
    }
    expect((await as('admin').dispatch(dispatchBody(api.organisationBucketId))).status).toBe(201)
    expect((await as('owner').dispatch(dispatchBody(api.projectBucketId))).status).toBe(201)
  })

  test('S3: buckets of others and buckets that do not exist answer alike', async () => {
    for (const id of [api.accounts.owner.personalBucketId, api.organisationBucketId, randomUUID()]) {
      const problem = problemOf(await as('outsider').dispatch(dispatchBody(id)))
      expect(problem).toMatchObject({ code: 'invalid-fields', status: 422 })
      expect(problem.errors).toEqual([
        {
          pointer: '/destination/id',
          field: 'destinationBucketId',
          code: 'not-chosen',
          detail: 'This is none of the buckets you may see.',
        },
      ])
    }
  })

  test('the bucket’s visibility is judged before the role, the fields before both', async () => {
    const bad = dispatchBody(api.organisationBucketId, { bucket: '' })
    expect(problemOf(await as('member').dispatch(bad)).errors?.map(({ pointer }) => pointer)).toEqual([
      '/source/bucket',
    ])
  })
})

describe('Idempotency-Key', () => {
  test('a repetition answers 201 with the same migration, also after it has ended', async () => {
    const key = randomUUID()
    const first = migrationOf(await as('member').dispatch(personal('member'), key))
    const again = await as('member').dispatch(personal('member'), key)
    expect([again.status, migrationOf(again).id]).toEqual([201, first.id])

    await as('member').cancel(first.id)
    const later = await as('member').dispatch(personal('member'), key)
    expect([later.status, migrationOf(later).id, migrationOf(later).state]).toEqual([201, first.id, 'cancelled'])
  })

  test('the same key for another request is refused, also while the first is live', async () => {
    const key = randomUUID()
    await as('member').dispatch(personal('member'), key)
    const other = dispatchBody(api.accounts.member.personalBucketId, { bucket: 'videos' })
    expect(problemOf(await as('member').dispatch(other, key))).toMatchObject({
      code: 'idempotency-key-reused',
      status: 409,
    })
  })

  test('simultaneous calls with one key make one migration and all answer 201 with it', async () => {
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 20 }, () => as('member').dispatch(personal('member'), key)))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201))
    expect(new Set(answers.map((answer) => migrationOf(answer).id)).size).toBe(1)
  })

  test('of two inserts under one key the later one is told so, also when the first has ended meanwhile', async () => {
    const store = createMigrationStore(api.database)
    const request = createMigrationSchema.parse(personal('member'))
    const newOne = (): NewMigration => ({
      id: randomUUID(),
      accountId: api.accounts.member.id,
      request,
      capBytesPerSecond: 1,
      idempotencyKey: 'the-key',
      requestHash: Buffer.alloc(32),
    })
    const first = newOne()
    expect((await store.insert(first)).ok).toBe(true)
    await store.requestCancel(first.accountId, first.id)
    expect(await store.insert(newOne())).toEqual({ ok: false, error: { code: 'idempotency-key-taken' } })
    expect((await api.database.query('SELECT id FROM migrations')).rows).toEqual([{ id: first.id }])
  })

  test('keys belong to the account: two accounts may use the same', async () => {
    const key = 'one-key'
    const [member, admin] = [
      await as('member').dispatch(personal('member'), key),
      await as('admin').dispatch(personal('admin'), key),
    ]
    expect([member.status, admin.status]).toEqual([201, 201])
    expect(migrationOf(member).id).not.toBe(migrationOf(admin).id)
  })

  test.each([
    ['missing', undefined, 'empty'],
    ['too long', 'x'.repeat(129), 'malformed'],
    ['with a space', 'a b', 'malformed'],
  ])('%s: 422 naming the header, beside the other bad fields', async (_case, key, code) => {
    const bad = dispatchBody(api.accounts.member.personalBucketId, { bucket: '' })
    const answer = await as('member').post('/v1/migrations', bad, key === undefined ? {} : { 'idempotency-key': key })
    const { errors } = problemOf(answer)
    expect(errors?.map((error) => [error.pointer, error.code])).toEqual([
      ['', code],
      ['/source/bucket', 'empty'],
    ])
    expect(errors?.[0]?.detail).toContain('Idempotency-Key')
  })
})

test('SSRF: private, mapped, metadata and unknown hosts are refused as sources unless allowed', async () => {
  const guarded = await startTestApi({ isPrivateEndpointAllowed: false })
  try {
    const caller = createApiCaller(guarded.origin, guarded.accounts.member.key)
    const hosts = [
      '127.0.0.1:9000',
      'localhost',
      '10.1.2.3',
      '169.254.169.254',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0x7f000001',
      'no-such-host.invalid',
    ]
    for (const host of hosts) {
      const answer = await caller.dispatch(
        dispatchBody(guarded.accounts.member.personalBucketId, { endpoint: `http://${host}` }),
      )
      expect(problemOf(answer).errors, host).toMatchObject([
        { pointer: '/source/endpoint', field: 'endpoint', code: 'endpoint-not-public' },
      ])
    }
    const answer = await caller.dispatch(
      dispatchBody(guarded.accounts.member.personalBucketId, { endpoint: 'https://1.1.1.1' }),
    )
    expect(answer.status).toBe(201)
  } finally {
    await guarded.stop()
  }
})
