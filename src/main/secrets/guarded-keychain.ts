import { randomUUID } from 'node:crypto'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { toKeychainProblem } from './keychain-error-rules.ts'
import { type Keychain, type KeychainBackend, KEYCHAIN_SERVICE } from './keychain.ts'

/** Long enough to type a keyring's password into the system's prompt. */
export const KEYCHAIN_TIMEOUT_MS = 30_000

interface GuardOptions {
  readonly backend: KeychainBackend
  readonly timeoutMs?: number
}

/**
 * Makes a keychain library safe to call: each call has a time limit and an error code, and calls go one
 * at a time. A call that never comes back blocks one of Node's few worker threads for good, so while one
 * is out no other is started.
 */
export function createGuardedKeychain({ backend, timeoutMs = KEYCHAIN_TIMEOUT_MS }: GuardOptions): Keychain {
  let outstanding: Promise<unknown> | null = null
  let queue: Promise<unknown> = Promise.resolve()

  const guarded = async <T>(call: () => Promise<T>): Promise<Result<T, AppProblem>> => {
    if (outstanding !== null) return err({ code: 'keychain-timeout' })
    const answer: Promise<Result<T, AppProblem>> = call().then(ok, (error: unknown) => err(toKeychainProblem(error)))
    outstanding = answer
    void answer.then(() => (outstanding = null))
    return await withTimeout(answer, timeoutMs)
  }
  /** A few calls that belong together; those of two callers do not mix. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const result = queue.then(task)
    queue = result.catch(() => undefined)
    return result
  }
  /** libsecret answers null for a locked keyring too; only writing tells the difference. */
  const probe = async (): Promise<Result<null, AppProblem>> => {
    const account = `probe-${randomUUID()}`
    const written = await guarded(() => backend.setPassword(KEYCHAIN_SERVICE, account, 'probe'))
    if (!written.ok) return written
    const removed = await guarded(() => backend.deletePassword(KEYCHAIN_SERVICE, account))
    return removed.ok ? ok(null) : removed
  }

  return {
    read: ({ service, account }) =>
      inTurn(async () => {
        const found = await guarded(() => backend.getPassword(service, account))
        if (!found.ok) return found
        if (found.value !== null) return ok(Secret.of(found.value))
        const open = await probe()
        return open.ok ? ok(null) : open
      }),
    store: ({ service, account }, secret) =>
      inTurn(async () => {
        const stored = await guarded(() => backend.setPassword(service, account, secret.reveal()))
        return stored.ok ? ok(null) : stored
      }),
    remove: ({ service, account }) =>
      inTurn(async () => {
        const removed = await guarded(() => backend.deletePassword(service, account))
        return removed.ok ? ok(null) : removed
      }),
    isStuck: () => outstanding !== null,
  }
}

function withTimeout<T>(answer: Promise<Result<T, AppProblem>>, timeoutMs: number): Promise<Result<T, AppProblem>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(err({ code: 'keychain-timeout' })), timeoutMs)
    void answer.then((result) => {
      clearTimeout(timer)
      resolve(result)
    })
  })
}
