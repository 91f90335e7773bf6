import { describe, expect, it, vi } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { createRequestHandlers } from '../../../../src/main/ipc/request-handlers.ts'
import { createAppState } from '../../../../src/main/snapshot/app-state.ts'
import { createFakeApiClient } from '../fakes/fake-api-client.ts'
import { KEY_ID, MIGRATION_ID } from '../fakes/views.ts'

type Ports = Parameters<typeof createRequestHandlers>[0]

/** Only what these channels touch; anything else would throw. */
function setUp(part: Partial<Ports> = {}) {
  const api = createFakeApiClient()
  const ports = { api: api.authorised, ...part } as Ports
  return { api, handlers: createRequestHandlers(ports) }
}

describe('request handlers', () => {
  it.each([
    [{ cursor: null, search: '' }, {}],
    [{ cursor: null, search: '  ' }, {}],
    [{ cursor: 'next', search: 'photos' }, { cursor: 'next', search: 'photos' }],
  ])('B6: a page of the history for %o asks for a hundred and %o', async (argument, query) => {
    const { api, handlers } = setUp()
    const page = { migrations: [], nextCursor: null }
    api.answer('listMigrations', { ok: true, value: page })
    expect(await handlers.listMigrations(argument)).toEqual({ ok: true, value: page })
    expect(api.calls[0]?.input).toEqual({ query: { limit: 100, ...query } })
  })

  it('B3: exceptions come as the API has them', async () => {
    const { api, handlers } = setUp()
    api.answer('listExceptions', { ok: true, value: { exceptions: [], total: 3 } })
    expect(await handlers.readExceptions({ migrationId: MIGRATION_ID })).toEqual({ ok: true, value: { exceptions: [], total: 3 } })
    expect(api.calls[0]?.input).toEqual({ params: { migrationId: MIGRATION_ID } })
  })

  it('S9: a secret is wrapped the moment it arrives, and none stays none', async () => {
    const runAgain = vi.fn<Ports['runAgain']>(() => Promise.resolve({ kind: 'secret-needed', reason: null }))
    const { handlers } = setUp({ runAgain })
    const argument = { migrationId: MIGRATION_ID, isSecretRemembered: true, dispatchKey: KEY_ID }
    await handlers.runAgain({ ...argument, secretAccessKey: 's3cr3t' })
    await handlers.runAgain({ ...argument, secretAccessKey: null })
    const given = runAgain.mock.calls.map(([input]) => input)
    expect(given[0]?.secretAccessKey).toBeInstanceOf(Secret)
    expect(given[0]?.secretAccessKey?.reveal()).toBe('s3cr3t')
    expect(given[1]).toEqual({ ...argument, secretAccessKey: null })
  })

  it('stops the check of the wizard and what is not dispatched yet', async () => {
    const [check, endCount, pending] = [vi.fn(), vi.fn(), vi.fn()]
    const sourceChecks = { check: () => Promise.reject(new Error('not asked for')), stop: check, endCount }
    const { handlers } = setUp({ sourceChecks, pending: { stop: pending } })
    expect(await handlers.endSourceCount(null)).toBeNull()
    expect([check, pending, endCount].map(({ mock }) => mock.calls.length)).toEqual([0, 0, 1])
    expect(await handlers.stopSourceCheck(null)).toBeNull()
    expect([check, pending, endCount].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1])
  })

  it('B13: a changed preference is published before its answer, so that no switch shows what was', () => {
    const steps: string[] = []
    const preferences = {
      change: () => {
        steps.push('changed')
        return { ok: true, value: null } as const
      },
    }
    const state = {
      snapshot: () => {
        steps.push('published')
        return createAppState().snapshot()
      },
      setLinkProblem: () => undefined,
    }
    const { handlers } = setUp({ preferences, state })
    expect(handlers.changePreferences({ theme: 'dark' })).toEqual({ ok: true, value: null })
    expect(steps).toEqual(['changed', 'published'])
  })

  it('B7: the window gets the names of remembered sources and can forget one', async () => {
    const source = { endpoint: 'https://s3.example.com', accessKeyId: 'AKIA1' }
    const forget = vi.fn(() => Promise.resolve({ ok: true, value: null } as const))
    const { handlers } = setUp({ remembered: { list: () => [source], forget } })
    expect(await handlers.listRememberedSources(null)).toEqual([source])
    expect(await handlers.forgetRememberedSource(source)).toEqual({ ok: true, value: null })
    expect(forget).toHaveBeenCalledExactlyOnceWith(source)
  })
})
