import type { Secret } from '#shared/domain/secret.ts'
import type { SourceCheck, SourceCheckProgress, SourceDraft } from '#shared/ipc/source-check.ts'
import { type PreflightInput, type PreflightPorts, runPreflight } from './preflight.ts'
import { parseSourceDraft, type SourceConnection } from './source-connection.ts'

const BUDGET_MS = 10_000

/** Runs preflights one at a time: a newer one replaces an older one, which then answers `stopped`. */
export interface SourceCheckService {
  /** The whole check, with a survey of what is there; tells what it finds as it finds it. */
  readonly check: (draft: SourceDraft, secretAccessKey: Secret) => Promise<SourceCheck>
  /** Only whether it would work: before a dispatch, and for a secret that was typed again. Tells nothing on the way. */
  readonly checkConnection: (source: SourceConnection) => Promise<SourceCheck>
  readonly stop: () => void
}

export interface SourceCheckPorts extends PreflightPorts {
  /** Nothing more comes once the check has answered, was stopped, or was replaced. */
  readonly onProgress: (progress: SourceCheckProgress) => void
}

export function createSourceCheckService(ports: SourceCheckPorts): SourceCheckService {
  let running = new AbortController()
  const run = async (source: SourceConnection, onProgress: PreflightInput['onProgress']): Promise<SourceCheck> => {
    running.abort()
    running = new AbortController()
    return await runPreflight({ source, stopped: running.signal, budgetMs: BUDGET_MS, onProgress }, ports)
  }
  return {
    check: async (draft, secretAccessKey) => {
      const source = parseSourceDraft(draft, secretAccessKey)
      if (!source.ok) return { kind: 'fields', fieldProblems: source.error }
      return await run(source.value, ports.onProgress)
    },
    checkConnection: (source) => run(source, null),
    stop: () => running.abort(),
  }
}
