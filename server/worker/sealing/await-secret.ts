import type { SealedSecret, SealingKey } from '#shared/contract/schemas.ts'
import type { MigrationFailure } from '#shared/domain/failure-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { WorkerSignals } from '../worker-signals.ts'
import { createSealingKeyPair, type SealingKeyPair } from './sealing-key.ts'

/** A ciphertext that does not open may come from anybody with the account's API key: ask again, not for ever. */
const MAX_FRESH_KEYS = 3

export interface SecretInbox {
  readonly published: SealingKey
  /** Resolves with the first ciphertext for the key, and opens nothing by itself. */
  readonly received: Promise<SealedSecret>
  readonly open: SealingKeyPair['open']
  readonly close: () => void
}

/** A fresh key that listens already, so that no answer to its publication can be missed. */
export async function openInbox(signals: Pick<WorkerSignals, 'onSealed'>): Promise<SecretInbox> {
  const pair = await createSealingKeyPair()
  let close = (): void => undefined
  const received = new Promise<SealedSecret>((resolve) => (close = signals.onSealed(pair.published.keyId, resolve)))
  return { published: pair.published, received, open: pair.open, close: () => close() }
}

export interface AwaitSecretInput {
  readonly migrationId: string
  /** The inbox whose key the claim has published. It is closed here. */
  readonly inbox: SecretInbox
  readonly signals: Pick<WorkerSignals, 'onSealed' | 'onReconnected'>
  /** False when the row no longer takes a key; the stop switch then knows why, or the next renewal will. */
  readonly publishKey: (key: SealingKey) => Promise<boolean>
  readonly waitMs: number
  readonly signal: AbortSignal
}

type Arrival =
  { readonly kind: 'sealed'; readonly sealed: SealedSecret } | { readonly kind: 'reconnected' | 'timeout' | 'stopped' }

/**
 * Waits for the source secret. Resolves with it, with the failure to end the migration with, or with null
 * when `signal` was aborted. The private keys are gone when it resolves.
 */
export async function awaitSecret(input: AwaitSecretInput): Promise<Result<Secret, MigrationFailure> | null> {
  const deadline = AbortSignal.timeout(input.waitMs)
  let inbox = input.inbox
  let unreadable = 0
  try {
    for (;;) {
      const arrival = await nextArrival(inbox, deadline, input)
      if (arrival.kind === 'stopped') return null
      if (arrival.kind === 'timeout')
        return err(workerFailure('credentials-not-received', 'the source secret did not arrive in time'))
      if (arrival.kind === 'sealed') {
        const opened = await inbox.open(input.migrationId, arrival.sealed)
        if (opened.ok) return ok(opened.value)
        unreadable += 1
        if (unreadable > MAX_FRESH_KEYS)
          return err(workerFailure('credentials-unreadable', 'the sealed source secret could not be opened'))
      }
      inbox.close()
      inbox = await openInbox(input.signals)
      await input.publishKey(inbox.published)
    }
  } finally {
    inbox.close()
  }
}

async function nextArrival(inbox: SecretInbox, deadline: AbortSignal, input: AwaitSecretInput): Promise<Arrival> {
  const ended = new AbortController()
  const once = { signal: ended.signal }
  try {
    return await new Promise<Arrival>((resolve) => {
      const onTimeout = (): void => resolve({ kind: 'timeout' })
      const onStop = (): void => resolve({ kind: 'stopped' })
      const unsubscribe = input.signals.onReconnected(() => resolve({ kind: 'reconnected' }))
      ended.signal.addEventListener('abort', unsubscribe)
      deadline.addEventListener('abort', onTimeout, once)
      input.signal.addEventListener('abort', onStop, once)
      if (deadline.aborted) onTimeout()
      if (input.signal.aborted) onStop()
      void inbox.received.then((sealed) => resolve({ kind: 'sealed', sealed }))
    })
  } finally {
    ended.abort()
  }
}

function workerFailure(code: MigrationFailure['code'], message: string): MigrationFailure {
  return { code, side: 'worker', message, exitCode: null }
}
