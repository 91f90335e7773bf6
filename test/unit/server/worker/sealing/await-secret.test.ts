import { describe, expect, test } from 'vitest'
import type { SealedSecret, SealingKey } from '#shared/contract/schemas.ts'
import { Secret } from '#shared/domain/secret.ts'
import { type AwaitSecretInput, awaitSecret, openInbox } from '../../../../../server/worker/sealing/await-secret.ts'
import { createWorkerSignals } from '../../../../../server/worker/worker-signals.ts'
import { sealSourceSecret } from '../../../../../src/main/secrets/seal-source-secret.ts'

const seal = (text: string, migrationId: string, key: SealingKey) => sealSourceSecret(Secret.of(text), migrationId, key)
const MIGRATION = '6f1f0a5e-3c7b-4a57-9f33-0d6f8a1b2c3d'
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'

async function startWaiting(change: Partial<AwaitSecretInput> = {}) {
  const { signals, inlet } = createWorkerSignals()
  const inbox = await openInbox(signals)
  const published: SealingKey[] = [inbox.published]
  let onPublished = (): void => undefined
  const waiting = awaitSecret({
    migrationId: MIGRATION,
    inbox,
    signals,
    publishKey: (key) => {
      published.push(key)
      onPublished()
      return Promise.resolve(true)
    },
    waitMs: 60_000,
    signal: new AbortController().signal,
    ...change,
  })
  const deliver = (sealed: SealedSecret): void => inlet.secretSealed(JSON.stringify({ migrationId: MIGRATION, sealed }))
  return {
    waiting,
    published,
    inlet,
    deliver,
    currentKey: (): SealingKey => published.at(-1) ?? inbox.published,
    /** Resolves once another key was published because of what `cause` does. */
    freshKeyAfter: (cause: () => void) =>
      new Promise<void>((resolve) => {
        onPublished = resolve
        cause()
      }),
  }
}
const garbage = (keyId: string): SealedSecret => ({
  keyId,
  encapsulatedKey: 'A'.repeat(43),
  ciphertext: 'B'.repeat(64),
})

describe('waiting for the source secret', () => {
  test('B1: what was sealed to the published key arrives as a secret', async () => {
    const { waiting, deliver, currentKey } = await startWaiting()
    deliver(await seal(SECRET, MIGRATION, currentKey()))
    const result = await waiting
    expect(result?.ok === true ? result.value.reveal() : result).toBe(SECRET)
  })

  test('B1: a secret sealed for another migration is not taken; a fresh key is published', async () => {
    const { waiting, deliver, currentKey, freshKeyAfter, published } = await startWaiting()
    const foreign = await seal(SECRET, '00000000-0000-4000-8000-000000000000', currentKey())
    await freshKeyAfter(() => deliver(foreign))
    expect(new Set(published.map(({ keyId }) => keyId)).size).toBe(2)
    deliver(await seal(SECRET, MIGRATION, currentKey()))
    expect((await waiting)?.ok).toBe(true)
  })

  test('B1: a ciphertext for a key that was replaced is not even looked at', async () => {
    const { waiting, deliver, currentKey, freshKeyAfter, inlet, published } = await startWaiting()
    const old = await seal(SECRET, MIGRATION, currentKey())
    await freshKeyAfter(() => inlet.reconnected())
    deliver(old)
    deliver(await seal(`${SECRET}-new`, MIGRATION, currentKey()))
    const result = await waiting
    expect(result?.ok === true ? result.value.reveal() : result).toBe(`${SECRET}-new`)
    expect(published).toHaveLength(2)
  })

  test('B1: after three fresh keys that did not help it ends as unreadable', async () => {
    const { waiting, deliver, currentKey, freshKeyAfter, published } = await startWaiting()
    for (let time = 0; time < 3; time += 1) await freshKeyAfter(() => deliver(garbage(currentKey().keyId)))
    deliver(garbage(currentKey().keyId))
    expect(await waiting).toMatchObject({
      ok: false,
      error: { code: 'credentials-unreadable', side: 'worker', exitCode: null },
    })
    expect(published).toHaveLength(4)
  })

  test('B8: nobody sends it in time', async () => {
    const { waiting } = await startWaiting({ waitMs: 1 })
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'credentials-not-received', side: 'worker' } })
  })

  test('S15: a stop ends the waiting, also one that came before it', async () => {
    const stop = new AbortController()
    const { waiting } = await startWaiting({ signal: stop.signal })
    stop.abort()
    expect(await waiting).toBeNull()
    expect(await (await startWaiting({ signal: AbortSignal.abort() })).waiting).toBeNull()
  })

  test('B1: what opens but is no possible secret counts as unreadable', async () => {
    const { deliver, currentKey, freshKeyAfter, published } = await startWaiting()
    const strange = await seal('two words', MIGRATION, currentKey())
    await freshKeyAfter(() => deliver(strange))
    expect(published).toHaveLength(2)
  })
})
