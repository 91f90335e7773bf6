import { setTimeout as wait } from 'node:timers/promises'
import type { AccountView } from '#shared/contract/schemas.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import { checkApiKey } from '#shared/domain/source-field-rules.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { Session } from '#shared/ipc/snapshot.ts'
import type { ApiClient } from '../api/api-client.ts'
import { type Attempt, createAttempt } from '../api/attempt.ts'
import type { ConnectionReturns } from '../api/connection-returns.ts'
import { askUntilAnswered } from '../api/persistent-call.ts'
import type { Keychain, KeychainItem } from '../secrets/keychain.ts'

export interface AccountSessionPorts {
  readonly api: ApiClient
  readonly keychain: Keychain
  readonly keychainItem: KeychainItem
  readonly setSession: (session: Session) => void
  readonly setConnectionProblem: (problem: AppProblem | null) => void
  /** Remembered across starts: the key of somebody who signed out may still be in the keychain. */
  readonly isKeyRemovalOwed: () => boolean
  readonly setKeyRemovalOwed: (isOwed: boolean) => void
  /** Told once for each sign-in, after the session says so. */
  readonly onSignedIn: (account: AccountView) => void
  /** Told when the key is gone, whoever took it. */
  readonly onSignedOut: () => void
  readonly returns: Pick<ConnectionReturns, 'next'>
  readonly random?: () => number
  readonly keychainGraceMs?: number
}

/** A keychain that asks nobody has answered by then; one that asks the person something is not waited for. */
const KEYCHAIN_GRACE_MS = 3_000

/** Who is signed in, and the only holder of the API key while the app runs. */
export interface AccountSession {
  /**
   * Reads the stored key and checks it; keeps trying while the API cannot be reached. A removal that is owed comes
   * first, so that nobody who signed out is signed in again.
   */
  readonly restore: () => Promise<void>
  /**
   * Stores the key only after the API has accepted it. Without a keychain it is kept until the app quits; one that
   * takes it late is told by the session.
   */
  readonly signIn: (apiKey: Secret) => Promise<Result<null, AppProblem>>
  /**
   * Forgets the key here and in the keychain. An error means that it may still be in the keychain; the session says
   * so too, with the reference `key-not-removed`.
   */
  readonly signOut: () => Promise<Result<null, AppProblem>>
  /** Asks the keychain once more: to keep the key of who is signed in until quit, else as at the start. */
  readonly retryKeychain: () => Promise<Result<null, AppProblem>>
  readonly apiKey: () => Secret | null
  readonly accountId: () => string | null
  /** The API refused `refusedKey`: ask to sign in again, unless another key took its place meanwhile. */
  readonly keyRefused: (refusedKey: Secret, problem: AppProblem) => void
  readonly close: () => void
}

type KeyKeeping = Extract<Session, { kind: 'signed-in' }>['keyKeeping']

interface SignedIn {
  readonly apiKey: Secret
  readonly account: AccountView
  readonly keyKeeping: KeyKeeping
}

export function createAccountSession(ports: AccountSessionPorts): AccountSession {
  const { api, keychain, keychainItem, random = Math.random, keychainGraceMs = KEYCHAIN_GRACE_MS } = ports
  let signedIn: SignedIn | null = null
  /** A newer sign-in, sign-out or quit wins over what an older one still does. */
  let newest = createAttempt()

  const beginAttempt = (): Attempt => {
    newest.end()
    newest = createAttempt()
    return newest
  }
  const enter = (apiKey: Secret, account: AccountView, keyKeeping: KeyKeeping): void => {
    // One person after the other, never both: what belongs to the first goes before the second comes.
    if (signedIn !== null) ports.onSignedOut()
    signedIn = { apiKey, account, keyKeeping }
    ports.setSession({ kind: 'signed-in', account, keyKeeping })
    ports.onSignedIn(account)
  }
  const leave = (problem: AppProblem | null): void => {
    signedIn = null
    ports.setConnectionProblem(null)
    ports.setSession({ kind: 'signed-out', problem })
    ports.onSignedOut()
  }

  /** Null: the key is not in the keychain any more. */
  const removeKey = async (): Promise<AppProblem | null> => {
    // Before the keychain is asked: its prompt may outlast the app.
    ports.setKeyRemovalOwed(true)
    const removed = await keychain.remove(keychainItem)
    if (!removed.ok) return { ...removed.error, reference: 'key-not-removed' }
    ports.setKeyRemovalOwed(false)
    return null
  }

  const keep = async (apiKey: Secret): Promise<KeyKeeping> => {
    const stored = await keychain.store(keychainItem, apiKey)
    return stored.ok ? { kind: 'keychain' } : { kind: 'until-quit', reason: stored.error }
  }
  /** Unless another key, or nobody's, has taken its place: then the owed removal, which waits its turn, still stands. */
  const setKeyKeeping = (apiKey: Secret, keyKeeping: KeyKeeping): void => {
    if (signedIn?.apiKey !== apiKey) return
    if (keyKeeping.kind === 'keychain') ports.setKeyRemovalOwed(false)
    signedIn = { ...signedIn, keyKeeping }
    ports.setSession({ kind: 'signed-in', account: signedIn.account, keyKeeping })
  }

  const restore = async (): Promise<void> => {
    const attempt = beginAttempt()
    ports.setSession({ kind: 'restoring', isKeychainAsked: true })
    if (ports.isKeyRemovalOwed()) {
      const problem = await removeKey()
      // Without a keychain nobody knows whether there was a key, and nobody can use it.
      const isKeychainGone = problem?.code === 'keychain-unavailable'
      if (!attempt.isOver()) leave(isKeychainGone ? { code: problem.code } : problem)
      return
    }
    const stored = await keychain.read(keychainItem)
    if (attempt.isOver()) return
    if (!stored.ok || stored.value === null) {
      leave(stored.ok ? null : stored.error)
      return
    }
    ports.setSession({ kind: 'restoring', isKeychainAsked: false })
    const apiKey = stored.value
    const me = await askUntilAnswered({
      ask: (signal) => api.call('getMe', apiKey, {}, signal),
      attempt,
      returns: ports.returns,
      onProblem: ports.setConnectionProblem,
      random,
    })
    if (me === null) return
    if (!me.ok) {
      leave(me.error)
      return
    }
    ports.setConnectionProblem(null)
    enter(apiKey, me.value, { kind: 'keychain' })
  }

  const signIn = async (typed: Secret): Promise<Result<null, AppProblem>> => {
    const checked = checkApiKey(typed.reveal())
    if (!checked.ok) return err({ code: 'invalid-fields', fields: [checked.error] })
    const apiKey = Secret.of(checked.value)
    const attempt = beginAttempt()
    const me = await api.call('getMe', apiKey, {})
    if (attempt.isOver()) return err({ code: 'signed-out' })
    if (!me.ok) {
      // The attempt may have interrupted a restore.
      if (signedIn === null) leave(null)
      return me
    }
    const keeping = keep(apiKey)
    const known = await Promise.race([keeping, wait(keychainGraceMs, null, { ref: false })])
    if (attempt.isOver()) return err({ code: 'signed-out' })
    ports.setConnectionProblem(null)
    enter(apiKey, me.value, known ?? { kind: 'until-quit', reason: { code: 'keychain-timeout' } })
    if (known?.kind === 'keychain') ports.setKeyRemovalOwed(false)
    if (known === null) void keeping.then((keyKeeping) => setKeyKeeping(apiKey, keyKeeping))
    return ok(null)
  }

  const signOut = async (): Promise<Result<null, AppProblem>> => {
    const attempt = beginAttempt()
    // Nothing was stored, as far as anybody knows: no news for the person, but tried all the same.
    const isOnlyHere = signedIn?.keyKeeping.kind === 'until-quit'
    leave(null)
    const problem = await removeKey()
    if (problem === null || isOnlyHere) return ok(null)
    if (!attempt.isOver()) ports.setSession({ kind: 'signed-out', problem })
    return err(problem)
  }

  const retryKeychain = async (): Promise<Result<null, AppProblem>> => {
    if (signedIn === null) {
      await restore()
      return ok(null)
    }
    const { apiKey } = signedIn
    const keyKeeping = await keep(apiKey)
    setKeyKeeping(apiKey, keyKeeping)
    return keyKeeping.kind === 'keychain' ? ok(null) : err(keyKeeping.reason)
  }

  return {
    restore,
    signIn,
    signOut,
    retryKeychain,
    apiKey: () => signedIn?.apiKey ?? null,
    accountId: () => signedIn?.account.id ?? null,
    keyRefused: (refusedKey, problem) => {
      if (signedIn?.apiKey !== refusedKey) return
      beginAttempt()
      leave(problem)
    },
    close: () => {
      newest.end()
      signedIn = null
    },
  }
}
