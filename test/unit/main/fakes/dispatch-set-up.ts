import type { Secret } from '#shared/domain/secret.ts'
import type { Result } from '#shared/domain/result.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { SourceCheck, Survey } from '#shared/ipc/source-check.ts'
import { createPendingDispatches } from '../../../../src/main/migrations/pending-dispatches.ts'
import type { RunAgainPorts } from '../../../../src/main/migrations/run-again.ts'
import type { SourceConnection } from '../../../../src/main/source/source-connection.ts'
import { createFakeApiClient, type FakeApiClient } from './fake-api-client.ts'

export const noSurvey: Survey = { objects: 0, bytes: 0, isComplete: true, archivedObjects: 0, archivedBytes: 0 }

export const readyFor = (target: Extract<SourceCheck, { kind: 'ready' }>['target']): SourceCheck => ({
  kind: 'ready',
  findings: [],
  target,
  firstKey: 'a/b',
  survey: noSurvey,
})

/** What a dispatch works with, as doubles that note what they were given. Nothing is remembered at first. */
export function setUpDispatch(
  check: SourceCheck = readyFor({ kind: 'folder', prefix: 'a/' }),
  duringCheck: (api: FakeApiClient) => void = () => undefined,
) {
  const api = createFakeApiClient()
  const checked: SourceConnection[] = []
  const dispatched: [id: string, secret: string][] = []
  const pending = createPendingDispatches()
  const rememberFailures: AppProblem[] = []
  const stored: [endpoint: string, accessKeyId: string, secret: string][] = []
  const keychain = {
    storing: { ok: true, value: null } as Result<null, AppProblem>,
    found: { ok: true, value: null } as Result<Secret | null, AppProblem>,
  }
  const ports: RunAgainPorts = {
    beginCalls: api.beginCalls,
    checkConnection: (source) => {
      checked.push(source)
      duringCheck(api)
      return Promise.resolve(check)
    },
    pending,
    onRememberFailed: (problem) => rememberFailures.push(problem),
    dispatched: ({ id }, secret) => dispatched.push([id, secret.reveal()]),
    remembered: {
      remember: ({ endpoint, accessKeyId }, secret) => {
        stored.push([endpoint, accessKeyId, secret.reveal()])
        return Promise.resolve(keychain.storing)
      },
      secretFor: () => Promise.resolve(keychain.found),
    },
  }
  return { api, ports, checked, dispatched, stored, keychain, pending, rememberFailures }
}
