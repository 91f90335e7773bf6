import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import { ok, type Result } from '#shared/domain/result.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { AuthorisedApi } from '../account/authorised-api.ts'
import { isConnectionProblem } from '../api/api-problem-rules.ts'

export interface FoundMigrations {
  readonly shown: MigrationView | null
  /** Awaited ones that have ended. */
  readonly missed: readonly MigrationView[]
  /** Remembered ones that the API does not know any more. */
  readonly goneIds: readonly string[]
}

interface RememberedIds {
  /** Live when last seen. */
  readonly awaitedIds: readonly string[]
  readonly viewedId: string | null
}

/**
 * S14, on return. Shown is a remembered one that is live, else the account's live one, else the newest whose end was
 * missed, else what was viewed last, or nothing.
 */
export async function findMigrations(
  api: AuthorisedApi,
  { awaitedIds, viewedId }: RememberedIds,
): Promise<Result<FoundMigrations, AppProblem>> {
  const remembered: MigrationView[] = []
  const goneIds: string[] = []
  for (const migrationId of new Set([...(viewedId === null ? [] : [viewedId]), ...awaitedIds])) {
    const answer = await api('getMigration', { params: { migrationId } })
    // One that the API will not tell of must not hide the others.
    if (answer.ok) remembered.push(answer.value)
    else if (answer.error.code === 'not-found') goneIds.push(migrationId)
    else if (isOfWholeApi(answer.error)) return answer
  }
  const missed = remembered.filter(({ id, state }) => awaitedIds.includes(id) && isTerminal(state))
  const live = remembered.find(({ state }) => !isTerminal(state))
  if (live !== undefined) return ok({ shown: live, missed, goneIds })
  const page = await api('listMigrations', { query: {} })
  if (!page.ok) return page
  return ok({ shown: newestIfLive(page.value.migrations) ?? missed.at(-1) ?? remembered[0] ?? null, missed, goneIds })
}

/** Of a first page, newest first. A live one forbids newer ones: it can only be the first. */
export function newestIfLive([newest]: readonly MigrationView[]): MigrationView | null {
  return newest !== undefined && !isTerminal(newest.state) ? newest : null
}

function isOfWholeApi(problem: AppProblem): boolean {
  if (problem.code === 'api-not-understood') return false
  return problem.code === 'unauthenticated' || isConnectionProblem(problem)
}
