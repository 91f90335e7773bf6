import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type MigrationView, sealedSecretSchema } from '#shared/contract/schemas.ts'
import { Secret } from '#shared/domain/secret.ts'
import { createSealingKeyPair } from '../../../server/worker/sealing/sealing-key.ts'
import { createAccountCalls, createAuthorisedApi } from '../../../src/main/account/authorised-api.ts'
import { createApiClient } from '../../../src/main/api/api-client.ts'
import { createConnectionReturns } from '../../../src/main/api/connection-returns.ts'
import { createMigrationStream } from '../../../src/main/api/migration-stream.ts'
import { createMigrationMonitor } from '../../../src/main/migrations/migration-monitor.ts'
import type { SecretRecallPorts } from '../../../src/main/migrations/secret-recall.ts'
import { sealSourceSecret } from '../../../src/main/secrets/seal-source-secret.ts'
import { createSourceSecretHolder } from '../../../src/main/secrets/source-secret-holder.ts'
import { createAppState } from '../../../src/main/snapshot/app-state.ts'
import { readyFor } from '../../unit/main/fakes/dispatch-set-up.ts'
import { type FakeApi, migrationView, openEvents, sendJson, startFakeApi } from './fakes/fake-api.ts'

let api: FakeApi
beforeEach(async () => {
  api = await startFakeApi()
})
afterEach(() => api.stop())

const source = migrationView().source
/** What is in the keychain, and a source that takes it. */
const remembering = (secret: Secret | null): SecretRecallPorts => ({
  remembered: {
    list: () => (secret === null ? [] : [source]),
    secretFor: () => Promise.resolve({ ok: true, value: secret }),
  },
  checkConnection: () => Promise.resolve(readyFor({ kind: 'bucket' })),
})

/** The app's units as `app.ts` joins them, without Electron. */
function startMonitor(inKeychain: Secret | null = null) {
  const options = { origin: api.origin, userAgent: 'test' }
  const returns = createConnectionReturns()
  const key = Secret.of('cck_1')
  const apiKey = () => key
  const state = createAppState()
  const secrets = createSourceSecretHolder()
  const onKeyRefused = vi.fn()
  const monitor = createMigrationMonitor({
    ...state,
    api: createAuthorisedApi(
      createAccountCalls({ api: createApiClient(options), apiKey, onKeyRefused, onAnswered: () => undefined }),
    ),
    seal: sealSourceSecret,
    ...remembering(inKeychain),
    follow: createMigrationStream({ ...options, returns }),
    returns,
    secrets,
    apiKey,
    onKeyRefused,
  })
  return { state, secrets, monitor }
}

describe('B1, B8: the secret’s way to its worker', () => {
  it('reaches the first worker and, after its loss, the second, each under its own key', async () => {
    const workers = [await createSealingKeyPair(), await createSealingKeyPair()] as const
    const migration = migrationView({ state: 'queued' })
    const path = `/v1/migrations/${migration.id}`
    let push = (_: MigrationView): void => undefined
    api.on(`GET ${path}/events`, (_request, response) => {
      push = openEvents(response)
    })
    api.on(`PUT ${path}/source-secret`, (_request, response) => sendJson(response, 202, {}))
    const { monitor, secrets, state } = startMonitor()
    secrets.hold(migration.id, Secret.of('s3cr3t/+='))
    monitor.show(migration)
    await api.sawRequest(`GET ${path}/events`)

    for (const [index, worker] of workers.entries()) {
      push({ ...migration, revision: 2 + index, state: 'awaiting-credentials', sealingKey: worker.published })
      const handedOver = await api.sawRequest(`PUT ${path}/source-secret`, index + 1)
      const opened = await worker.open(migration.id, sealedSecretSchema.parse(JSON.parse(handedOver.body)))
      expect(opened.ok && opened.value.reveal()).toBe('s3cr3t/+=')
    }
    push({ ...migration, revision: 9, state: 'completed' })
    await vi.waitFor(() => expect(secrets.secretFor(migration.id)).toBeNull())
    expect(state.current()?.migration.state).toBe('completed')
    // S9: what crossed the wire never holds the clear text.
    expect(JSON.stringify(api.seen)).not.toContain('s3cr3t')
  })

  it('B7: reaches the worker from the keychain when the app was restarted meanwhile', async () => {
    const worker = await createSealingKeyPair()
    const migration = migrationView({ state: 'awaiting-credentials', sealingKey: worker.published })
    const path = `/v1/migrations/${migration.id}`
    api.on(`GET ${path}/events`, (_request, response) => void openEvents(response))
    api.on(`PUT ${path}/source-secret`, (_request, response) => sendJson(response, 202, {}))
    const { monitor, state } = startMonitor(Secret.of('remembered'))
    monitor.show(migration)
    const handedOver = await api.sawRequest(`PUT ${path}/source-secret`)
    const opened = await worker.open(migration.id, sealedSecretSchema.parse(JSON.parse(handedOver.body)))
    expect(opened.ok && opened.value.reveal()).toBe('remembered')
    await vi.waitFor(() => expect(state.current()?.handover).toBe('handed-over'))
    monitor.clear()
  })
})
