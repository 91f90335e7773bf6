import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ok } from '#shared/domain/result.ts'
import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { WholeFiles } from '../reports/whole-file.ts'

export interface DiagnosticsPorts {
  /** Redacted already. */
  readonly makeText: () => string
  readonly askWhereTo: (proposedName: string) => Promise<string | null>
  readonly files: Pick<WholeFiles, 'write'>
  readonly now: () => Date
}

/** B13: what goes to support is read by the person first, letter for letter. */
export interface Diagnostics {
  readonly read: () => RequestAnswer<'readDiagnostics'>
  /** Saves exactly what was read last. `report-not-saved` when the disk refuses. */
  readonly save: () => Promise<RequestAnswer<'saveDiagnostics'>>
}

export function createDiagnostics({ makeText, askWhereTo, files, now }: DiagnosticsPorts): Diagnostics {
  let shown: string | null = null
  return {
    read: () => {
      shown = makeText()
      return ok(shown)
    },
    save: async () => {
      const text = shown ?? makeText()
      const path = await askWhereTo(`carolina-migrate-diagnostics-${now().toISOString().slice(0, 10)}.txt`)
      if (path === null) return ok({ kind: 'not-chosen' })
      return await files.write(path, async (openSink) => {
        await pipeline([text], await openSink())
        return ok({ kind: 'saved', fileName: basename(path) } as const)
      })
    },
  }
}
