import { err, ok, type Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { toKeychainProblem } from './keychain-error-rules.ts'
import { type Keychain, type KeychainBackend, KEYCHAIN_SERVICE } from './keychain.ts'

/** Long enough to type a keyring's password into the system's prompt. */
export const KEYCHAIN_TIMEOUT_MS = 30_000

/** One name for all: what an interrupted probe leaves behind, the next one takes away. */
const PROBE = 'probe'

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
  const probe = async (): Promise<Result<null, AppProblem>> => {
    const written = await guarded(() => backend.setPassword(KEYCHAIN_SERVICE, PROBE, PROBE))
    if (!written.ok) return written
    const removed = await guarded(() => backend.deletePassword(KEYCHAIN_SERVICE, PROBE))
    return removed.ok ? ok(null) : removed
  }
  /**
   * libsecret passes over the items of a locked keyring as if they were not there; only writing tells the difference.
   * Writing may also have a person unlock it, so whoever found nothing looks once more.
   */
  const unlessEmpty = async <T>(ask: () => Promise<Result<T, AppProblem>>, isNothing: (found: T) => boolean) => {
    const found = await ask()
    if (!found.ok || !isNothing(found.value)) return found
    const open = await probe()
    return open.ok ? await ask() : open
  }

  return {
    read: ({ service, account }) =>
      inTurn(async () => {
        const get = () => guarded(() => backend.getPassword(service, account))
        const found = await unlessEmpty(get, (text) => text === null)
        if (!found.ok) return found
        return ok(found.value === null ? null : Secret.of(found.value))
      }),
    store: ({ service, account }, secret) =>
      inTurn(async () => {
        const stored = await guarded(() => backend.setPassword(service, account, secret.reveal()))
        return stored.ok ? ok(null) : stored
      }),
    remove: ({ service, account }) =>
      inTurn(async () => {
        const removed = await unlessEmpty(
          () => guarded(() => backend.deletePassword(service, account)),
          (wasThere) => !wasThere,
        )
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
