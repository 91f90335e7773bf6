import { basename } from 'node:path'
import { err, ok } from '#shared/domain/result.ts'
import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { AccountCalls } from '../account/authorised-api.ts'
import { createSingleFlight } from '../single-flight.ts'
import { proposedReportName, reportFormatOf } from './report-name-rules.ts'
import type { WholeFiles } from './whole-file.ts'

export interface ReportSaverPorts {
  readonly beginCalls: () => AccountCalls
  /** The person's choice of a path, or null. */
  readonly askWhereTo: (proposedName: string) => Promise<string | null>
  readonly files: WholeFiles
}

type SaveAnswer = RequestAnswer<'saveReport'>

/** B3: the full report on the person's disk, exactly as the API made it, or not at all. */
export interface ReportSaver {
  /** Asked again for the same migration while it is under way, it answers what that one will answer. */
  readonly save: (migrationId: string) => Promise<SaveAnswer>
  /** Ends what is under way and removes what is half-written: sign-out, quit. */
  readonly stop: () => void
}

export function createReportSaver(ports: ReportSaverPorts): ReportSaver {
  const join = createSingleFlight<SaveAnswer>()
  let session = new AbortController()
  return {
    save: (migrationId) => join(migrationId, () => saveReport(migrationId, ports, session.signal)),
    stop: () => {
      session.abort()
      session = new AbortController()
      ports.files.discardUnfinished()
    },
  }
}

async function saveReport(
  migrationId: string,
  { beginCalls, askWhereTo, files }: ReportSaverPorts,
  signal: AbortSignal,
): Promise<SaveAnswer> {
  const account = beginCalls()
  const params = { migrationId }
  const found = await account.call('getMigration', { params })
  if (!found.ok) return found
  // Before anybody is asked for a place.
  if (found.value.report === null) return err({ code: 'report-not-there' })
  const path = await askWhereTo(proposedReportName(found.value))
  if (path === null) return ok({ kind: 'not-chosen' })
  const fileName = basename(path)
  const format = reportFormatOf(fileName)
  const saved = await files.write(path, (openSink) =>
    account.download('getReport', { params, query: { format } }, { openSink, signal }),
  )
  return saved.ok ? ok({ kind: 'saved', fileName, sha256: saved.value.sha256 }) : saved
}
