import type { Secret } from '#shared/domain/secret.ts'
import type { SourceCheck, SourceCheckProgress, SourceDraft } from '#shared/ipc/source-check.ts'
import { PREFLIGHT_BUDGET_MS } from './connection-check.ts'
import { type PreflightPorts, runPreflight } from './preflight.ts'
import { parseSourceDraft } from './source-connection.ts'

/** The wizard's preflights, one at a time: a newer one replaces an older one, which then answers `stopped`. */
export interface SourceCheckService {
  /** The whole check, with a survey of what is there; tells what it finds as it finds it. */
  readonly check: (draft: SourceDraft, secretAccessKey: Secret) => Promise<SourceCheck>
  readonly stop: () => void
  /** Ends only the counting: the check answers with what it has counted. */
  readonly endCount: () => void
}

export interface SourceCheckPorts extends PreflightPorts {
  /** Nothing more comes once the check has answered, was stopped, or was replaced. */
  readonly onProgress: (progress: SourceCheckProgress) => void
}

export function createSourceCheckService(ports: SourceCheckPorts): SourceCheckService {
  const { onProgress } = ports
  let running = new AbortController()
  let counting = new AbortController()
  return {
    check: async (draft, secretAccessKey) => {
      const source = parseSourceDraft(draft, secretAccessKey)
      if (!source.ok) return { kind: 'fields', fieldProblems: source.error }
      running.abort()
      running = new AbortController()
      counting = new AbortController()
      const signals = { stopped: running.signal, surveyEnded: counting.signal }
      const input = { source: source.value, ...signals, budgetMs: PREFLIGHT_BUDGET_MS, onProgress }
      return await runPreflight(input, ports)
    },
    stop: () => running.abort(),
    endCount: () => counting.abort(),
  }
}
