import { Router } from 'express'
import { isSchemaCurrent, type SchemaFile } from '../db/migrate.ts'
import type { Queries } from '../db/pool.ts'
import { ApiProblem } from './problem.ts'

/** Anyone may ask, as often as they like; the database is asked no more often than this. */
const READINESS_MS = 1_000

/** B14: `/healthz` says that the process runs, `/readyz` that it can serve: database there, schema as this release needs it. */
export function createHealthRouter(queries: Queries, schemaFiles: readonly SchemaFile[]): Router {
  const router = Router()
  let readiness: Promise<boolean> | undefined
  const isReady = (): Promise<boolean> =>
    (readiness ??= isSchemaCurrent(queries, schemaFiles).finally(() => {
      setTimeout(() => (readiness = undefined), READINESS_MS).unref()
    }))
  router.get('/healthz', (_request, response) => void response.set('Cache-Control', 'no-store').json({ status: 'ok' }))
  router.get('/readyz', async (_request, response) => {
    if (!(await isReady())) {
      throw new ApiProblem({ code: 'unavailable', detail: 'The database does not have this release’s schema.' })
    }
    response.set('Cache-Control', 'no-store').json({ status: 'ready' })
  })
  return router
}
