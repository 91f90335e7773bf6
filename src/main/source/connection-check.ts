import type { SourceCheck } from '#shared/ipc/source-check.ts'
import { type PreflightPorts, runPreflight } from './preflight.ts'
import type { SourceConnection } from './source-connection.ts'

/** A person waits for every preflight. */
export const PREFLIGHT_BUDGET_MS = 10_000

/**
 * Only whether it would work: before a dispatch, and for a secret that goes to a worker. Tells nothing on the way.
 * Each check is its own and replaces no other; `stopped` ends it with the answer `stopped`.
 */
export type ConnectionCheck = (source: SourceConnection, stopped: AbortSignal) => Promise<SourceCheck>

export function createConnectionCheck(ports: PreflightPorts): ConnectionCheck {
  return (source, stopped) =>
    runPreflight({ source, stopped, budgetMs: PREFLIGHT_BUDGET_MS, onProgress: null }, ports)
}
