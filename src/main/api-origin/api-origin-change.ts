import { err, ok, type Result } from '#shared/domain/result.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { type ApiOrigin, DEFAULT_API_ORIGIN, parseApiOrigin } from './api-origin-rules.ts'

export interface ApiOriginChangePorts {
  readonly present: ApiOrigin
  readonly findApi: (origin: string) => Promise<Result<null, AppProblem>>
  readonly setStoredApiOrigin: (origin: string | null) => void
  readonly isSignedIn: () => boolean
  readonly signOut: () => Promise<Result<null, AppProblem>>
  /** Ends the app and starts it anew, after the answer has been given. */
  readonly relaunch: () => void
}

export type ApiOriginChange = (apiOrigin: string | null) => Promise<Result<null, AppProblem>>

/**
 * Moves the app to another API. Everything of the app belongs to one API, so it begins anew there. Ok: it restarts, or
 * it is there already.
 *
 * - `api-origin-unusable`: nothing was changed. `reference` is `fixed`, `not-an-origin`, `not-https`, or what was found
 *   there (`ENOTFOUND`, `HTTP 404` …).
 * - `api-tls-untrusted`: nothing was changed.
 * - A keychain's problem: signed out, but the address stays, so that the next start takes the key out of the keychain
 *   under the address it was kept for.
 */
export function createApiOriginChange(ports: ApiOriginChangePorts): ApiOriginChange {
  let isUnderWay = false
  const change = async (origin: string | null): Promise<Result<null, AppProblem>> => {
    // The usual address needs no proof: it is the way back from one that is gone.
    const found = origin === null ? ok(null) : await ports.findApi(origin)
    if (!found.ok) return found
    const left = ports.isSignedIn() ? await ports.signOut() : ok(null)
    if (!left.ok) return left
    ports.setStoredApiOrigin(origin)
    ports.relaunch()
    return ok(null)
  }
  return async (typed) => {
    if (ports.present.apiOriginSource === 'environment') return unusable('fixed')
    const parsed = typed === null ? null : parseApiOrigin(typed.trim())
    if (parsed !== null && 'problem' in parsed) return unusable(parsed.problem)
    const origin = parsed === null || parsed.origin === DEFAULT_API_ORIGIN ? null : parsed.origin
    // A second click while the first one is at work is the same click.
    if (isUnderWay || (origin ?? DEFAULT_API_ORIGIN) === ports.present.apiOrigin) return ok(null)
    isUnderWay = true
    try {
      return await change(origin)
    } finally {
      isUnderWay = false
    }
  }
}

const unusable = (reference: string): Result<null, AppProblem> => err({ code: 'api-origin-unusable', reference })
