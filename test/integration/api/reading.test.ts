import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller, migrationOf, problemOf } from './api-caller.ts'
import { changeState, dispatchOne } from './migration-fixture.ts'

let api: TestApi
let ids: string[] = []

beforeAll(async () => {
  api = await startTestApi()
  for (let i = 0; i < 7; i++) {
    const id = await dispatchOne(api, api.accounts.member)
    await changeState(api, id, 'completed')
    ids = [id, ...ids]
  }
  // Two of the same instant: the order must hold across pages all the same.
  await api.database.query(
    'UPDATE migrations SET created_at = (SELECT created_at FROM migrations WHERE id = $1) WHERE id = $2',
    [ids[3], ids[2]],
  )
})
afterAll(() => api.stop())

const as = (name: keyof TestApi['accounts']) => createApiCaller(api.origin, api.accounts[name].key)

describe('B6: GET /v1/migrations', () => {
  test('pages through all, newest first, none twice', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    let pages = 0
    do {
      const query: string = cursor === null ? 'limit=3' : `limit=3&cursor=${cursor}`
      const { body } = await as('member').get(`/v1/migrations?${query}`)
      const page = body as { migrations: MigrationView[]; nextCursor: string | null }
      seen.push(...page.migrations.map(({ id }) => id))
      cursor = page.nextCursor
      pages++
    } while (cursor !== null)
    expect(pages).toBe(3)
    const sameInstant = [ids[2]!, ids[3]!].sort().reverse()
    expect(seen).toEqual([ids[0], ids[1], ...sameInstant, ...ids.slice(4)])
  })

  test('a full last page has no next', async () => {
    const { body } = await as('member').get('/v1/migrations?limit=7')
    expect(body).toMatchObject({ nextCursor: null })
  })

  test('shows nobody else’s, not even by a foreign cursor', async () => {
    expect((await as('owner').get('/v1/migrations')).body).toEqual({ migrations: [], nextCursor: null })
    expect((await as('owner').get(`/v1/migrations?cursor=${ids[0]!}`)).body).toEqual({
      migrations: [],
      nextCursor: null,
    })
  })
})

describe('B6: GET /v1/migrations?search=', () => {
  /** Source bucket and destination (as the seed has it) of the account's migrations, newest first. */
  const find = async (search: string, more = '') => {
    const { body } = await as('outsider').get(`/v1/migrations?search=${encodeURIComponent(search)}${more}`)
    return body as { migrations: MigrationView[]; nextCursor: string | null }
  }
  const bucketsFor = async (search: string) => (await find(search)).migrations.map(({ source }) => source.bucket)

  beforeAll(async () => {
    const { outsider } = api.accounts
    for (const bucket of ['Holiday-100', 'holiday_x00', 'logs', 'b\\s', 'ÄRZTE']) {
      const id = await dispatchOne(api, outsider)
      await changeState(api, id, 'completed')
      await api.database.query('UPDATE migrations SET source_bucket = $2 WHERE id = $1', [id, bucket])
    }
  })

  test.each([
    ['a part of the source’s bucket, in any case', 'hOLi', ['holiday_x00', 'Holiday-100']],
    ['letters beyond ASCII in any case too', 'ärzte', ['ÄRZTE']],
    ['the wildcards of LIKE are letters', '_x0', ['holiday_x00']],
    ['and so is %', '%', []],
    ['and the backslash', 'b\\s', ['b\\s']],
    ['a quote is one', "'; --", []],
    ['U+0000 is in no name', 'a\u0000', []],
    ['nothing is found', 'nowhere', []],
  ])('%s', async (_case, search, buckets) => {
    expect(await bucketsFor(search)).toEqual(buckets)
  })

  test('the destination’s bucket and name', async () => {
    expect(await bucketsFor('CAROLINA-TEST')).toHaveLength(5)
    expect(await bucketsFor('storage (outsider)')).toHaveLength(5)
  })

  test('spaces around it do not count, and nothing at all finds all', async () => {
    expect(await bucketsFor('  logs ')).toEqual(['logs'])
    expect(await bucketsFor('  ')).toHaveLength(5)
  })

  test('pages go on within what was searched for', async () => {
    const first = await find('holiday', '&limit=1')
    expect(first.migrations.map(({ source }) => source.bucket)).toEqual(['holiday_x00'])
    const second = await find('holiday', `&limit=1&cursor=${first.nextCursor ?? ''}`)
    expect(second.migrations.map(({ source }) => source.bucket)).toEqual(['Holiday-100'])
    expect(second.nextCursor).toBeNull()
  })

  test('nobody else’s are found, and a text too long is refused', async () => {
    expect((await as('owner').get('/v1/migrations?search=holiday')).body).toEqual({ migrations: [], nextCursor: null })
    expect(problemOf(await as('outsider').get(`/v1/migrations?search=${'x'.repeat(257)}`))).toMatchObject({
      code: 'invalid-fields',
      errors: [{ pointer: '/search', code: 'too-long' }],
    })
  })
})

describe('GET /v1/migrations/:id', () => {
  test('shows one as it stands', async () => {
    expect(migrationOf(await as('member').get(`/v1/migrations/${ids[0]!}`))).toMatchObject({
      id: ids[0],
      state: 'completed',
    })
  })

  test.each(['', '/log', '/events'])('404 for others’, unknown and impossible ids (%s)', async (tail) => {
    for (const id of [ids[0]!, randomUUID(), 'nonsense', '%00', "1'--"]) {
      expect(problemOf(await as('owner').get(`/v1/migrations/${id}${tail}`)).code).toBe('not-found')
    }
  })

  test('an id that cannot be decoded is malformed', async () => {
    expect(problemOf(await as('owner').get('/v1/migrations/%zz')).code).toBe('malformed-request')
  })
})

describe('S13: GET /v1/migrations/:id/log', () => {
  test('the newest 200 lines, oldest first, and from there on only newer ones', async () => {
    const [id] = ids
    await api.database.query(
      `INSERT INTO migration_log_lines SELECT $1, n, now(), 'info', 'line ' || n FROM generate_series(1, 250) n`,
      [id],
    )
    const linesOf = async (query: string) => {
      const { body } = await as('member').get(`/v1/migrations/${id!}/log${query}`)
      return (body as { lines: { sequence: number; text: string }[] }).lines
    }
    const lines = await linesOf('')
    expect(lines.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 200 }, (_, index) => 51 + index))
    expect(lines.at(-1)).toMatchObject({
      sequence: 250,
      level: 'info',
      text: 'line 250',
      at: expect.any(String) as string,
    })
    expect((await linesOf('?after=248')).map(({ sequence }) => sequence)).toEqual([249, 250])
    expect(await linesOf('?after=9007199254740991')).toEqual([])
  })
})
