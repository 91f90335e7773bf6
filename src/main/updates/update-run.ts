import type { UpdateState } from '#shared/ipc/updates.ts'
import { errorFacts, type Logger } from '../logger.ts'
import { afterEvent, initialModel, type UpdateEvent, updateFailure } from './update-rules.ts'

/** What fetches and installs. Its errors go through `updateFailure`. */
export interface Updater {
  /** The version to update to; null when this one is the newest. */
  readonly find: () => Promise<string | null>
  /** What was found, checked, and put aside to be installed when the app ends. */
  readonly download: (onPercent: (percent: number) => void) => Promise<void>
  /** Installs now and starts the new version. Throws when it cannot be installed; the app then goes on. */
  readonly restart: () => void
}

export interface UpdateRunPorts {
  /** Called at the first check: the start does not pay for it. */
  readonly loadUpdater: () => Promise<Updater>
  readonly onChanged: (state: UpdateState) => void
  /** The app is about to end for the new version, or has not been able to. */
  readonly onRestarting: (isRestarting: boolean) => void
  readonly logger: Logger
}

/** Looks, fetches and installs, and says how that stands. When is not decided here. */
export interface UpdateRun {
  readonly state: () => UpdateState
  /** Never rejects. `isTold`: the person has asked for it. */
  readonly check: (isTold: boolean) => Promise<void>
  /** Only what is ready. */
  readonly restart: () => void
}

export function createUpdateRun({ loadUpdater, onChanged, onRestarting, logger }: UpdateRunPorts): UpdateRun {
  let model = initialModel
  let updater: Updater | null = null

  const tell = (event: UpdateEvent): void => {
    const before = model.state
    model = afterEvent(model, event)
    // Most steps of a download are no whole percent.
    if (JSON.stringify(model.state) !== JSON.stringify(before)) onChanged(model.state)
  }
  const failed = (error: unknown, isTold: boolean): void => {
    const failure = updateFailure(error)
    logger.warn('update-failed', { failure, ...errorFacts(error) })
    tell({ kind: 'failed', failure, isTold })
    // It would go on waiting for what it has not got; the next check begins with a new one.
    if (model.state.kind !== 'ready') updater = null
  }
  const fetchNewer = async (): Promise<void> => {
    updater ??= await loadUpdater()
    const version = await updater.find()
    if (version === null) {
      tell({ kind: 'nothing-newer', at: new Date() })
      return
    }
    if (model.state.kind === 'ready' && model.state.version === version) return
    tell({ kind: 'found', version })
    await updater.download((percent) => tell({ kind: 'progressed', percent }))
    tell({ kind: 'downloaded' })
    logger.info('update-ready', { version })
  }
  return {
    state: () => model.state,
    check: async (isTold) => {
      tell({ kind: 'check-began' })
      await fetchNewer().catch((error: unknown) => failed(error, isTold))
    },
    restart: () => {
      if (model.state.kind !== 'ready') return
      onRestarting(true)
      try {
        updater?.restart()
      } catch (error) {
        onRestarting(false)
        failed(error, true)
      }
    },
  }
}
