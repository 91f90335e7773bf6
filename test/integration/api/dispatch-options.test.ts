import { createHash, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller, dispatchBody, migrationOf, problemOf } from './api-caller.ts'

let api: TestApi

beforeAll(async () => {
  api = await startTestApi()
})
afterAll(() => api.stop())
afterEach(() => api.database.query('DELETE FROM migrations'))

const as = (name: keyof TestApi['accounts']) => createApiCaller(api.origin, api.accounts[name].key)
const personal = (name: keyof TestApi['accounts']) => dispatchBody(api.accounts[name].personalBucketId)

describe('B4: options', () => {
  const neverOverwrite = () => ({ ...personal('member'), options: { existing: 'never-overwrite' } })

  test('what becomes of other objects at the destination is kept; by default different ones are replaced', async () => {
    const careful = migrationOf(await as('member').dispatch(neverOverwrite()))
    expect(careful.options).toEqual({ existing: 'never-overwrite' })
    const plain = migrationOf(await as('owner').dispatch(personal('owner')))
    expect(plain.options).toEqual({ existing: 'replace-different' })
    expect(migrationOf(await as('member').get(`/v1/migrations/${careful.id}`)).options).toEqual(careful.options)
  })

  test.each([{}, { existing: 'delete-all' }, { existing: 'replace-different', extra: 1 }, null, 'x'])(
    '%j are refused',
    async (options) => {
      const problem = problemOf(await as('member').dispatch({ ...personal('member'), options }))
      expect(problem.code).toBe('invalid-fields')
      expect(problem.errors?.[0]?.pointer).toMatch(/^\/options/)
    },
  )

  test('a repetition under one key may name the options that hold anyway, but no others', async () => {
    const key = randomUUID()
    const first = migrationOf(await as('member').dispatch(personal('member'), key))
    const named = { ...personal('member'), options: { existing: 'replace-different' } }
    expect(migrationOf(await as('member').dispatch(named, key)).id).toBe(first.id)
    expect(problemOf(await as('member').dispatch(neverOverwrite(), key)).code).toBe('idempotency-key-reused')
  })

  test('a request without options has the hash it had before there were any', async () => {
    await as('member').dispatch(personal('member'))
    const { source, destination } = personal('member')
    const before = JSON.stringify({ source, destination: { ...destination, prefix: 'summer/' } })
    const { rows } = await api.database.query<{ request_hash: Buffer }>('SELECT request_hash FROM idempotency_keys')
    expect(rows.map((row) => row.request_hash.toString('hex'))).toEqual([
      createHash('sha256').update(before).digest('hex'),
    ])
  })
})
