import type { SealingKey } from '#shared/contract/schemas.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { AuthorisedApi } from '../account/authorised-api.ts'
import { notUnderstood } from '../api/api-problem-rules.ts'
import { type Attempt, createAttempt } from '../api/attempt.ts'
import type { ConnectionReturns } from '../api/connection-returns.ts'
import { askUntilAnswered } from '../api/persistent-call.ts'
import type { sealSourceSecret } from '../secrets/seal-source-secret.ts'

export interface HandoverPorts {
  readonly api: AuthorisedApi
  readonly seal: typeof sealSourceSecret
  /** Null: the last try went well. */
  readonly onProblem: (problem: AppProblem | null) => void
  readonly onAnswered: (keyId: string) => void
  readonly returns: Pick<ConnectionReturns, 'next'>
  readonly random?: () => number
}

/** Hands the sealed secret to one worker key after the other. */
export interface HandoverService {
  /** Starts once for each key and secret; calling again for those in hand changes nothing. */
  readonly handOver: (migrationId: string, key: SealingKey, secret: Secret) => void
  readonly stop: () => void
}

export function createHandoverService(ports: HandoverPorts): HandoverService {
  let underWay: { readonly keyId: string; readonly secret: Secret; readonly attempt: Attempt } | null = null
  return {
    handOver: (migrationId, key, secret) => {
      if (underWay?.keyId === key.keyId && underWay.secret === secret) return
      underWay?.attempt.end()
      const attempt = createAttempt()
      underWay = { keyId: key.keyId, secret, attempt }
      void deliver(ports, migrationId, key, secret, attempt)
    },
    stop: () => {
      underWay?.attempt.end()
      underWay = null
    },
  }
}

/** Tries until the API has taken it or refuses it, or another key has taken its place. */
async function deliver(
  ports: HandoverPorts,
  migrationId: string,
  key: SealingKey,
  secret: Secret,
  attempt: Attempt,
): Promise<void> {
  const { api, seal, onProblem, onAnswered, returns, random = Math.random } = ports
  // Sealed once: a repeated request is the same request.
  const sealed = await seal(secret, migrationId, key).catch(() => null)
  if (attempt.isOver()) return
  if (sealed === null) {
    onProblem(notUnderstood)
    return
  }
  const ask = (signal: AbortSignal) => api('handOverSecret', { params: { migrationId }, body: sealed }, signal)
  const answer = await askUntilAnswered({ ask, attempt, returns, onProblem, random })
  if (answer === null) return
  const refusal = answer.ok ? null : answer.error
  // Not awaited: it had arrived and only the answer was lost, or a newer key is on its way to us.
  if (refusal === null || refusal.code === 'secret-not-awaited') {
    onProblem(null)
    onAnswered(key.keyId)
    return
  }
  onProblem(refusal.code === 'migration-ended' ? null : refusal)
}
