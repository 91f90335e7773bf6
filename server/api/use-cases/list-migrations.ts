import { z } from 'zod'
import type { ResponseOf } from '#shared/contract/endpoints.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { MigrationStore, PageRequest } from '../../stores/ports.ts'
import type { Problem } from '../problem.ts'

/** B6: one page, newest first. */
export async function listMigrations(
  migrations: MigrationStore,
  accountId: string,
  page: PageRequest,
): Promise<Result<ResponseOf<'listMigrations'>, Problem>> {
  if (page.cursor !== null && !z.uuid().safeParse(page.cursor).success) {
    const detail = 'The query parameter cursor is not one that this API gave out.'
    return err({ code: 'invalid-fields', errors: [{ pointer: '/cursor', field: null, code: 'malformed', detail }] })
  }
  const { migrations: views, nextCursor } = await migrations.list(accountId, page)
  return ok({ migrations: [...views], nextCursor })
}
