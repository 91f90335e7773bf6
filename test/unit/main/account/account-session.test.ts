import { describe, expect, it, vi } from 'vitest'
import type { AccountView } from '#shared/contract/schemas.ts'
import { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { Session } from '#shared/ipc/snapshot.ts'
import { createAccountSession } from '../../../../src/main/account/account-session.ts'
import { createAccountCalls, createAuthorisedApi } from '../../../../src/main/account/authorised-api.ts'
import { createConnectionReturns } from '../../../../src/main/api/connection-returns.ts'
import { createGuardedKeychain } from '../../../../src/main/secrets/guarded-keychain.ts'
import { createFakeApiClient } from '../fakes/fake-api-client.ts'
import { createFakeKeychainBackend } from '../fakes/fake-keychain-backend.ts'

const account: AccountView = {
  id: 'd3f9c3a4-5b0e-4e0e-8f43-1f0f6a1d2c04',
  email: 'ada@example.org',
  organisation: null,
  capBytesPerSecond: 209_715_200,
}
const accepted = { ok: true, value: account } as const
const revoked = { ok: false, error: { code: 'unauthenticated' } } as const
const unreachable = { ok: false, error: { code: 'api-unreachable' } } as const
const ITEM = 'service/api-key'

function setUp() {
  const api = createFakeApiClient()
  const backend = createFakeKeychainBackend()
  const sessions: Session[] = []
  const connection: (AppProblem | null)[] = []
  const events: string[] = []
  const settings = { isKeyRemovalOwed: false }
  const start = (keychainGraceMs = 1_000) => createAccountSession({
    api,
    keychainGraceMs,
    keychain: createGuardedKeychain({ backend, timeoutMs: keychainGraceMs < 20 ? 1_000 : 20 }),
    keychainItem: { service: 'service', account: 'api-key' },
    setSession: (next) => sessions.push(next),
    setConnectionProblem: (problem) => connection.push(problem),
    onSignedIn: () => events.push('in'),
    onSignedOut: () => events.push('out'),
    isKeyRemovalOwed: () => settings.isKeyRemovalOwed,
    setKeyRemovalOwed: (isOwed) => void (settings.isKeyRemovalOwed = isOwed),
    returns: createConnectionReturns(),
    random: () => 1,
  })
  return { api, backend, session: start(), start, settings, sessions, connection, events }
}

describe('signing in', () => {
  it('stores the key only after the API has accepted it', async () => {
    const { api, backend, session, sessions, events } = setUp()
    api.answer('getMe', revoked, accepted)
    expect(await session.signIn(Secret.of('cck_wrong'))).toEqual(revoked)
    expect([...backend.items]).toEqual([])
    expect(session.apiKey()).toBeNull()
    expect(await session.signIn(Secret.of(' cck_right\n'))).toEqual({ ok: true, value: null })
    expect(backend.items.get(ITEM)).toBe('cck_right')
    expect(sessions.at(-1)).toEqual({ kind: 'signed-in', account, keyKeeping: { kind: 'keychain' } })
    expect(events).toEqual(['out', 'in'])
  })

  it('tells a mistyped key without asking the API', async () => {
    const { api, session } = setUp()
    expect(await session.signIn(Secret.of('two words'))).toMatchObject({
      error: { code: 'invalid-fields', fields: [{ field: 'apiKey', code: 'whitespace-inside' }] },
    })
    expect(api.calls).toEqual([])
  })

  it.each([
    ['unavailable', 'keychain-unavailable'],
    ['locked', 'keychain-locked'],
    ['denied', 'keychain-denied'],
    ['hanging', 'keychain-timeout'],
  ] as const)('works until the app quits when the keychain is %s, and says why', async (mode, code) => {
    const { api, backend, session, sessions } = setUp()
    backend.mode = mode
    api.answer('getMe', accepted)
    expect(await session.signIn(Secret.of('cck_1'))).toEqual({ ok: true, value: null })
    expect(sessions.at(-1)).toMatchObject({ kind: 'signed-in', keyKeeping: { kind: 'until-quit', reason: { code } } })
    expect(session.apiKey()?.reveal()).toBe('cck_1')
  })

  it('does not wait for a keychain that asks the person something, and tells when it has taken the key', async () => {
    const { api, backend, start, sessions, settings } = setUp()
    settings.isKeyRemovalOwed = true
    let answerPrompt = (): void => undefined
    backend.setPassword = () => new Promise((resolve) => (answerPrompt = resolve))
    api.answer('getMe', accepted)
    const session = start(5)
    await session.signIn(Secret.of('cck_1'))
    const untilQuit = { kind: 'until-quit', reason: { code: 'keychain-timeout' } }
    expect(sessions.at(-1)).toEqual({ kind: 'signed-in', account, keyKeeping: untilQuit })
    expect(settings.isKeyRemovalOwed).toBe(true)
    answerPrompt()
    await vi.waitFor(() => expect(sessions.at(-1)).toMatchObject({ keyKeeping: { kind: 'keychain' } }))
    expect(settings.isKeyRemovalOwed).toBe(false)
  })

  it('a keychain that takes the key after its owner has left has to give it back', async () => {
    const { api, backend, start, sessions, settings } = setUp()
    let answerPrompt = (): void => undefined
    const { setPassword } = backend
    backend.setPassword = (...args) => new Promise((resolve) => (answerPrompt = () => void setPassword(...args).then(resolve)))
    api.answer('getMe', accepted)
    const session = start(5)
    await session.signIn(Secret.of('cck_1'))
    const signingOut = session.signOut()
    answerPrompt()
    await signingOut
    expect([...backend.items]).toEqual([])
    expect(sessions.at(-1)).toEqual({ kind: 'signed-out', problem: null })
    expect(settings.isKeyRemovalOwed).toBe(false)
  })
})

describe('trying the keychain again', () => {
  it('keeps the key of who is signed in until quit, once it is unlocked', async () => {
    const { api, backend, session, sessions } = setUp()
    backend.mode = 'locked'
    api.answer('getMe', accepted)
    await session.signIn(Secret.of('cck_1'))
    expect(await session.retryKeychain()).toEqual({ ok: false, error: { code: 'keychain-locked' } })
    backend.mode = 'open'
    expect(await session.retryKeychain()).toEqual({ ok: true, value: null })
    expect(sessions.at(-1)).toEqual({ kind: 'signed-in', account, keyKeeping: { kind: 'keychain' } })
    expect(backend.items.get(ITEM)).toBe('cck_1')
  })

  it('signs in with the kept key, once it is unlocked', async () => {
    const { api, backend, session, sessions } = setUp()
    backend.items.set(ITEM, 'cck_1')
    backend.mode = 'locked'
    await session.restore()
    expect(sessions.at(-1)).toEqual({ kind: 'signed-out', problem: { code: 'keychain-locked' } })
    backend.mode = 'open'
    api.answer('getMe', accepted)
    await session.retryKeychain()
    expect(sessions.at(-1)).toMatchObject({ kind: 'signed-in', keyKeeping: { kind: 'keychain' } })
  })
})

describe('restoring', () => {
  it('signs in with the stored key', async () => {
    const { api, backend, session, sessions } = setUp()
    backend.items.set(ITEM, 'cck_1')
    api.answer('getMe', accepted)
    await session.restore()
    expect(sessions.map(({ kind }) => kind)).toEqual(['restoring', 'restoring', 'signed-in'])
    expect(api.calls).toMatchObject([{ name: 'getMe', apiKey: 'cck_1' }])
  })

  it('tells what is waited for', async () => {
    const { api, backend, session, sessions } = setUp()
    backend.items.set(ITEM, 'cck_1')
    api.answer('getMe', accepted)
    await session.restore()
    expect(sessions.slice(0, 2)).toEqual([
      { kind: 'restoring', isKeychainAsked: true },
      { kind: 'restoring', isKeychainAsked: false },
    ])
  })

  it('is signed out without a stored key, and says when the keychain is why', async () => {
    const { backend, session, sessions } = setUp()
    await session.restore()
    expect(sessions.at(-1)).toEqual({ kind: 'signed-out', problem: null })
    backend.mode = 'locked'
    await session.restore()
    expect(sessions.at(-1)).toEqual({ kind: 'signed-out', problem: { code: 'keychain-locked' } })
  })

  it('E10: asks to sign in again when the key was revoked', async () => {
    const { api, backend, session, sessions } = setUp()
    backend.items.set(ITEM, 'cck_1')
    api.answer('getMe', revoked)
    await session.restore()
    expect(sessions.at(-1)).toEqual({ kind: 'signed-out', problem: { code: 'unauthenticated' } })
  })

  it('S18: keeps trying while the API cannot be reached', async () => {
    const { api, backend, session, sessions, connection } = setUp()
    backend.items.set(ITEM, 'cck_1')
    let tries = 0
    api.answer('getMe', () => Promise.resolve(++tries < 3 ? unreachable : accepted))
    await session.restore()
    expect(sessions.map(({ kind }) => kind)).toEqual(['restoring', 'restoring', 'signed-in'])
    expect(connection).toEqual([unreachable.error, unreachable.error, null])
  })

  it('gives way to a person who signs in meanwhile', async () => {
    const { api, backend, session, sessions } = setUp()
    backend.items.set(ITEM, 'cck_old')
    let answerOld = (_: typeof revoked): void => undefined
    api.answer('getMe', () => new Promise((resolve) => (answerOld = resolve)), accepted)
    const restoring = session.restore()
    await vi.waitFor(() => expect(api.calls).toHaveLength(1))
    await session.signIn(Secret.of('cck_new'))
    answerOld(revoked)
    await restoring
    expect(session.apiKey()?.reveal()).toBe('cck_new')
    expect(sessions.at(-1)?.kind).toBe('signed-in')
  })
})

describe('signing out', () => {
  it('forgets the key here and in the keychain', async () => {
    const { api, backend, session, sessions } = setUp()
    api.answer('getMe', accepted)
    await session.signIn(Secret.of('cck_1'))
    expect(await session.signOut()).toEqual({ ok: true, value: null })
    expect(session.apiKey()).toBeNull()
    expect([...backend.items]).toEqual([])
    expect(sessions.at(-1)).toEqual({ kind: 'signed-out', problem: null })
  })

  it('says in the window when the key could not be taken out of the keychain, and is signed out all the same', async () => {
    const { api, backend, session, sessions, events } = setUp()
    api.answer('getMe', accepted)
    await session.signIn(Secret.of('cck_1'))
    backend.mode = 'locked'
    const problem = { code: 'keychain-locked', reference: 'key-not-removed' }
    expect(await session.signOut()).toEqual({ ok: false, error: problem })
    expect(session.apiKey()).toBeNull()
    expect(sessions.at(-1)).toEqual({ kind: 'signed-out', problem })
    expect(events).toEqual(['in', 'out'])
  })

  it('is not undone by the next start: the removal is tried again first, until it is done', async () => {
    const { api, backend, session, start, sessions, settings } = setUp()
    api.answer('getMe', accepted)
    await session.signIn(Secret.of('cck_1'))
    backend.mode = 'locked'
    await session.signOut()
    const second = start()
    await second.restore()
    expect(sessions.at(-1)).toEqual({ kind: 'signed-out', problem: { code: 'keychain-locked', reference: 'key-not-removed' } })
    expect(settings.isKeyRemovalOwed).toBe(true)
    backend.mode = 'open'
    const third = start()
    await third.restore()
    expect(third.apiKey()).toBeNull()
    expect(sessions.at(-1)).toEqual({ kind: 'signed-out', problem: null })
    expect([...backend.items]).toEqual([])
    expect(settings.isKeyRemovalOwed).toBe(false)
    expect(api.calls.map(({ name }) => name)).toEqual(['getMe'])
  })

  it('is remembered before the keychain answers, which may outlast the app', async () => {
    const { api, backend, session, settings } = setUp()
    api.answer('getMe', accepted)
    await session.signIn(Secret.of('cck_1'))
    backend.mode = 'hanging'
    const signingOut = session.signOut()
    expect(settings.isKeyRemovalOwed).toBe(true)
    expect(await signingOut).toMatchObject({ ok: false, error: { code: 'keychain-timeout' } })
  })

  it('owes nothing any more once another key has been stored', async () => {
    const { api, backend, session, start, settings } = setUp()
    api.answer('getMe', accepted)
    await session.signIn(Secret.of('cck_1'))
    backend.mode = 'locked'
    await session.signOut()
    await session.signIn(Secret.of('cck_2'))
    expect(settings.isKeyRemovalOwed).toBe(true)
    backend.mode = 'open'
    await session.signIn(Secret.of('cck_2'))
    expect(settings.isKeyRemovalOwed).toBe(false)
    const next = start()
    await next.restore()
    expect(next.apiKey()?.reveal()).toBe('cck_2')
  })

  it('does not speak of a key that was never in the keychain', async () => {
    const { api, backend, session, sessions } = setUp()
    backend.mode = 'unavailable'
    api.answer('getMe', accepted)
    await session.signIn(Secret.of('cck_1'))
    expect(await session.signOut()).toEqual({ ok: true, value: null })
    expect(sessions.at(-1)).toEqual({ kind: 'signed-out', problem: null })
  })

  it('nor at the next start, where there is no keychain', async () => {
    const { backend, start, settings, sessions } = setUp()
    settings.isKeyRemovalOwed = true
    backend.mode = 'unavailable'
    await start().restore()
    expect(sessions.at(-1)).toEqual({ kind: 'signed-out', problem: { code: 'keychain-unavailable' } })
    expect(settings.isKeyRemovalOwed).toBe(true)
  })

  it('a late answer of the keychain does not sign out who has signed in meanwhile', async () => {
    const { api, backend, session, sessions } = setUp()
    api.answer('getMe', accepted)
    await session.signIn(Secret.of('cck_1'))
    backend.mode = 'hanging'
    const signingOut = session.signOut()
    const signingIn = session.signIn(Secret.of('cck_2'))
    await Promise.all([signingOut, signingIn])
    expect(sessions.at(-1)).toMatchObject({ kind: 'signed-in', keyKeeping: { kind: 'until-quit' } })
  })

  it('leaves nothing behind when it overtakes a sign-in', async () => {
    const { api, backend, session, sessions } = setUp()
    let answer = (_: typeof accepted): void => undefined
    api.answer('getMe', () => new Promise((resolve) => (answer = resolve)))
    const signingIn = session.signIn(Secret.of('cck_1'))
    await session.signOut()
    answer(accepted)
    expect(await signingIn).toEqual({ ok: false, error: { code: 'signed-out' } })
    expect([...backend.items]).toEqual([])
    expect(sessions.at(-1)?.kind).toBe('signed-out')
  })
})

describe('calls in the name of the account', () => {
  it('E10: a refused key ends the session, once', async () => {
    const { api, session, sessions, events } = setUp()
    api.answer('getMe', accepted)
    api.answer('listDestinations', revoked)
    await session.signIn(Secret.of('cck_1'))
    const call = createAuthorisedApi(
      createAccountCalls({ api, apiKey: session.apiKey, onKeyRefused: session.keyRefused, onAnswered: () => undefined }),
    )
    await Promise.all([call('listDestinations', {}), call('listDestinations', {})])
    expect(sessions.at(-1)).toEqual({ kind: 'signed-out', problem: { code: 'unauthenticated' } })
    expect(events).toEqual(['in', 'out'])
    expect(await call('listDestinations', {})).toEqual({ ok: false, error: { code: 'signed-out' } })
  })

  it('an answer that comes after the person has left goes to nobody, the next person least of all', async () => {
    const { api, session } = setUp()
    api.answer('getMe', accepted)
    await session.signIn(Secret.of('cck_a'))
    const call = createAuthorisedApi(
      createAccountCalls({ api, apiKey: session.apiKey, onKeyRefused: session.keyRefused, onAnswered: () => undefined }),
    )
    api.answer('listDestinations', async () => {
      await session.signOut()
      await session.signIn(Secret.of('cck_b'))
      return { ok: true, value: { destinations: [] } }
    })
    expect(await call('listDestinations', {})).toEqual({ ok: false, error: { code: 'signed-out' } })
  })

  it('one account leaves before the next one enters, also without a sign-out in between', async () => {
    const { api, session, events } = setUp()
    api.answer('getMe', accepted)
    await session.signIn(Secret.of('cck_a'))
    await session.signIn(Secret.of('cck_b'))
    expect(events).toEqual(['in', 'out', 'in'])
  })

  it('an old key’s refusal does not end the session of a new one', async () => {
    const { api, session } = setUp()
    api.answer('getMe', accepted)
    await session.signIn(Secret.of('cck_old'))
    const old = session.apiKey() ?? Secret.of('')
    await session.signIn(Secret.of('cck_new'))
    session.keyRefused(old, { code: 'unauthenticated' })
    expect(session.apiKey()?.reveal()).toBe('cck_new')
  })
})
