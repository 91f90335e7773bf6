import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppSnapshot } from '#shared/ipc/snapshot.ts'
import { createAppState, PUBLISH_INTERVAL_MS } from '../../../../src/main/snapshot/app-state.ts'
import { current, MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const signedOut = { kind: 'signed-out', problem: null } as const

function observe() {
  const state = createAppState(() => new Date('2026-11-22T10:00:00Z'))
  const published: AppSnapshot[] = []
  state.subscribe((snapshot) => published.push(snapshot))
  return { state, published }
}

describe('app state', () => {
  it('publishes a change at once', () => {
    const { state, published } = observe()
    state.setSession(signedOut)
    expect(published.map(({ revision, session }) => [revision, session.kind])).toEqual([[1, 'signed-out']])
  })

  it('publishes at most four times a second, and the last state always', () => {
    const { state, published } = observe()
    for (let i = 0; i < 100; i++) {
      state.setConnectionProblem({ code: 'api-unreachable', reference: String(i) })
      vi.advanceTimersByTime(10)
    }
    vi.advanceTimersByTime(PUBLISH_INTERVAL_MS)
    expect(published.length).toBeLessThanOrEqual(6)
    expect(published.at(-1)?.connectionProblem?.problem.reference).toBe('99')
  })

  it('gives revisions without a gap, so that a window asks again only when it missed one', () => {
    const { state, published } = observe()
    for (let i = 0; i < 20; i++) {
      state.setSession(signedOut)
      vi.advanceTimersByTime(i * 20)
    }
    expect(published.map(({ revision }) => revision)).toEqual(published.map((_, index) => index + 1))
  })

  it('publishes what is pending before it is asked for, so that the answer is the newest revision', () => {
    const { state, published } = observe()
    state.setSession({ kind: 'restoring', isKeychainAsked: true })
    state.setSession(signedOut)
    const asked = state.snapshot()
    expect(asked.session.kind).toBe('signed-out')
    expect(published.at(-1)).toEqual(asked)
    vi.advanceTimersByTime(10 * PUBLISH_INTERVAL_MS)
    expect(published.at(-1)?.revision).toBe(asked.revision)
  })

  it('keeps the time of the first failure while the connection stays down', () => {
    let now = new Date('2026-11-22T10:00:00Z')
    const state = createAppState(() => now)
    state.setConnectionProblem({ code: 'api-unreachable' })
    now = new Date('2026-11-22T11:00:00Z')
    state.setConnectionProblem({ code: 'unavailable' })
    expect(state.snapshot().connectionProblem).toEqual({
      problem: { code: 'unavailable' },
      since: '2026-11-22T10:00:00.000Z',
    })
    state.setConnectionProblem(null)
    state.setConnectionProblem({ code: 'api-unreachable' })
    expect(state.snapshot().connectionProblem?.since).toBe('2026-11-22T11:00:00.000Z')
  })

  it('says nothing when the API goes on answering', () => {
    const { state, published } = observe()
    state.setConnectionProblem(null)
    expect(published).toEqual([])
  })

  it('S7: gives the window what it looks at and the tray what is followed, always both at once', () => {
    const state = createAppState()
    const seen: unknown[] = []
    state.subscribe((snapshot, background) =>
      seen.push([snapshot.current?.migration.id, background.current?.migration.id, background.revision]),
    )
    const ended = current({ id: OTHER_ID, state: 'completed' })
    state.setMigrations({ current: ended, followed: current() })
    vi.advanceTimersByTime(PUBLISH_INTERVAL_MS)
    state.setMigrations({ current: ended, followed: null })
    vi.advanceTimersByTime(PUBLISH_INTERVAL_MS)
    state.setMigrations({ current: null, followed: null })
    expect(seen).toEqual([
      [OTHER_ID, MIGRATION_ID, 1],
      [OTHER_ID, OTHER_ID, 2],
      [undefined, undefined, 3],
    ])
  })

  it('B13: tells of preferences, and of a link that could not be followed until it is put away', () => {
    const { state, published } = observe()
    state.setLinkProblem(null)
    expect(published).toEqual([])
    const preferences = { ...state.snapshot().preferences, theme: 'dark' } as const
    state.setPreferences(preferences)
    state.setLinkProblem({ code: 'not-found' })
    expect(state.snapshot()).toMatchObject({ preferences, linkProblem: { code: 'not-found' } })
    state.setLinkProblem(null)
    expect(state.snapshot().linkProblem).toBeNull()
  })

  it('is silent once it is closed', () => {
    const { state, published } = observe()
    state.setSession(signedOut)
    state.setSession({ kind: 'restoring', isKeychainAsked: true })
    state.close()
    vi.advanceTimersByTime(10 * PUBLISH_INTERVAL_MS)
    expect(published).toHaveLength(1)
  })
})
