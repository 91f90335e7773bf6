import { vi } from 'vitest'
import type { SealedSecret } from '#shared/contract/schemas.ts'
import { Secret } from '#shared/domain/secret.ts'
import { createConnectionReturns } from '../../../../src/main/api/connection-returns.ts'
import type { MigrationFollow } from '../../../../src/main/api/migration-stream.ts'
import { createMigrationMonitor } from '../../../../src/main/migrations/migration-monitor.ts'
import type { SecretRecallPorts } from '../../../../src/main/migrations/secret-recall.ts'
import { createSourceSecretHolder } from '../../../../src/main/secrets/source-secret-holder.ts'
import { createAppState } from '../../../../src/main/snapshot/app-state.ts'
import { createFakeApiClient } from './fake-api-client.ts'

const nothingRemembered: SecretRecallPorts = {
  remembered: { list: () => [], secretFor: () => Promise.resolve({ ok: true, value: null }) },
  checkConnection: () => Promise.resolve({ kind: 'stopped' }),
}

/** A monitor over a fake API, whose streams a test drives by hand: `streams` in the order they were opened. */
export function setUpMonitor(recall: SecretRecallPorts = nothingRemembered) {
  const api = createFakeApiClient()
  const state = createAppState()
  const returns = createConnectionReturns()
  const secrets = createSourceSecretHolder()
  const streams: (MigrationFollow & { isStopped: boolean })[] = []
  const onKeyRefused = vi.fn()
  const seal = vi.fn((secret: Secret, migrationId: string, { keyId }: { keyId: string }): Promise<SealedSecret> => {
    return Promise.resolve({ keyId, encapsulatedKey: migrationId, ciphertext: `sealed:${secret.reveal()}` })
  })
  const monitor = createMigrationMonitor({
    ...state,
    api: api.authorised,
    seal,
    ...recall,
    secrets,
    returns,
    apiKey: () => Secret.of('cck_1'),
    onKeyRefused,
    follow: (follow) => {
      const stream = { ...follow, isStopped: false }
      streams.push(stream)
      return () => {
        stream.isStopped = true
      }
    },
  })
  return { api, state, returns, secrets, streams, monitor, seal, onKeyRefused }
}
