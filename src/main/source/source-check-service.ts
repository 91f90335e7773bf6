import type { Secret } from '#shared/domain/secret.ts'
import type { SourceCheck, SourceDraft } from '#shared/ipc/source-check.ts'
import { type PreflightPorts, runPreflight } from './preflight.ts'
import { parseSourceDraft, type SourceConnection } from './source-connection.ts'

/** Runs preflights one at a time: a newer one replaces an older one, which then answers `stopped`. */
export interface SourceCheckService {
  readonly check: (draft: SourceDraft, secretAccessKey: Secret) => Promise<SourceCheck>
  readonly checkConnection: (source: SourceConnection) => Promise<SourceCheck>
  readonly stop: () => void
}

export function createSourceCheckService(ports: PreflightPorts): SourceCheckService {
  let running = new AbortController()
  const checkConnection = async (source: SourceConnection): Promise<SourceCheck> => {
    running.abort()
    running = new AbortController()
    return await runPreflight(source, ports, running.signal)
  }
  return {
    check: async (draft, secretAccessKey) => {
      const source = parseSourceDraft(draft, secretAccessKey)
      if (!source.ok) return { kind: 'fields', fieldProblems: source.error }
      return await checkConnection(source.value)
    },
    checkConnection,
    stop: () => running.abort(),
  }
}
