import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../../support/api-server.ts'
import { createApiCaller } from './api-caller.ts'

const CAP = 7 * 1024 * 1024
let api: TestApi

beforeAll(async () => {
  api = await startTestApi({ capBytesPerSecond: CAP })
})
afterAll(() => api.stop())

const as = (name: keyof TestApi['accounts']) => createApiCaller(api.origin, api.accounts[name].key)

describe('GET /v1/me', () => {
  test('tells account, organisation, role and the cap (S11)', async () => {
    const { status, body } = await as('admin').get('/v1/me')
    expect(status).toBe(200)
    expect(body).toEqual({
      id: api.accounts.admin.id,
      email: 'admin@example.com',
      organisation: { id: expect.any(String) as string, name: 'Pine Labs', role: 'admin' },
      capBytesPerSecond: CAP,
    })
    expect((await as('outsider').get('/v1/me')).body).toMatchObject({ organisation: null })
  })
})

describe('S3: GET /v1/destinations', () => {
  test('shows own and organisation buckets, never a third party’s, with the role’s permission (S8)', async () => {
    const seen = async (name: keyof TestApi['accounts']) => {
      const { body } = await as(name).get('/v1/destinations')
      const { destinations } = body as { destinations: { name: string; isDispatchAllowed: boolean }[] }
      return destinations.map((one) => [one.name, one.isDispatchAllowed])
    }
    expect(await seen('owner')).toEqual([
      ['My Storage (owner)', true],
      ['Pine Labs Storage', true],
      ['Genome project', true],
    ])
    expect(await seen('admin')).toEqual([
      ['My Storage (admin)', true],
      ['Pine Labs Storage', true],
      ['Genome project', true],
    ])
    expect(await seen('member')).toEqual([
      ['My Storage (member)', true],
      ['Pine Labs Storage', false],
      ['Genome project', false],
    ])
    expect(await seen('outsider')).toEqual([['My Storage (outsider)', true]])
  })

  test('says nothing of how the bucket is reached', async () => {
    const { text } = await as('owner').get('/v1/destinations')
    expect(text).not.toContain('DESTINATIONKEY')
    expect(text).not.toContain('wasabisys')
  })
})
