import type { MigrationView } from '#shared/contract/schemas.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import { type Attempt, createAttempt } from '../api/attempt.ts'
import type { RememberedSources } from '../secrets/remembered-sources.ts'
import type { ConnectionCheck } from '../source/connection-check.ts'
import { sourceOf, whyNotReady } from './held-source-rules.ts'

export interface SecretRecallPorts {
  readonly remembered: Pick<RememberedSources, 'list' | 'secretFor'>
  readonly checkConnection: ConnectionCheck
}

interface RecallEvents {
  readonly onRecalled: (migrationId: string, secret: Secret) => void
  /** It has ended without a secret. */
  readonly onFailed: () => void
}

export interface Recall {
  readonly isUnderWay: boolean
  /** Why the remembered secret is not used; null: none was remembered, or it is too early to say. */
  readonly problem: AppProblem | null
}

/** B7, B8: fetches the remembered secret for a worker that waits when this app holds none. */
export interface SecretRecall {
  /** Tries once for each worker key; calling again tells how that stands. */
  readonly recall: (migration: MigrationView) => Recall
  readonly stop: () => void
}

const none: Recall = { isUnderWay: false, problem: null }

/**
 * Handed over without a person only when the source is ready for it: a secret that the source refuses would end the
 * migration at its worker for good, and where nothing can be said of it a person decides. It stays in the keychain until it is replaced or forgotten: only the person knows whether the key or the store is wrong.
 */
export function createSecretRecall(ports: SecretRecallPorts, events: RecallEvents): SecretRecall {
  let tried: { readonly keyId: string; readonly attempt: Attempt; recall: Recall } | null = null
  const stop = (): void => {
    tried?.attempt.end()
    tried = null
  }
  const begin = (migration: MigrationView, keyId: string): Recall => {
    stop()
    const attempt = createAttempt()
    const current = { keyId, attempt, recall: { isUnderWay: true, problem: null } as Recall }
    tried = current
    // Whatever went wrong, the person must be asked in the end.
    const fetched = fetchChecked(migration, ports, attempt.signal).catch(() => err<AppProblem>({ code: 'unexpected' }))
    void fetched.then((found) => {
      if (attempt.isOver()) return
      current.recall = { isUnderWay: false, problem: found.ok ? null : found.error }
      if (found.ok && found.value !== null) events.onRecalled(migration.id, found.value)
      else events.onFailed()
    })
    return current.recall
  }
  return {
    recall: (migration) => {
      const keyId = migration.state === 'awaiting-credentials' ? migration.sealingKey?.keyId : undefined
      if (keyId === undefined) return none
      if (tried?.keyId === keyId) return tried.recall
      return isRemembered(migration, ports.remembered) ? begin(migration, keyId) : none
    },
    stop,
  }
}

function isRemembered({ source }: MigrationView, { list }: SecretRecallPorts['remembered']): boolean {
  return list().some(({ endpoint, accessKeyId }) => endpoint === source.endpoint && accessKeyId === source.accessKeyId)
}

async function fetchChecked(
  migration: MigrationView,
  { remembered, checkConnection }: SecretRecallPorts,
  stopped: AbortSignal,
): Promise<Result<Secret | null, AppProblem>> {
  const found = await remembered.secretFor(migration.source)
  if (!found.ok || found.value === null) return found
  const reason = whyNotReady(await checkConnection(sourceOf(migration, found.value), stopped))
  return reason === null ? ok(found.value) : err({ code: 'source-not-ready', reference: reason })
}
