import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import type { FollowMigration, MigrationFollow } from '../api/migration-stream.ts'
import type { SourceSecretHolder } from '../secrets/source-secret-holder.ts'
import type { AppState } from '../snapshot/app-state.ts'
import { decideHandover } from './handover-rules.ts'
import { createHandoverService, type HandoverPorts } from './handover-service.ts'
import { createSecretRecall, type SecretRecallPorts } from './secret-recall.ts'

export interface MigrationMonitorPorts
  extends Pick<HandoverPorts, 'api' | 'seal' | 'returns'>,
    SecretRecallPorts,
    Pick<AppState, 'current' | 'followed' | 'setMigrations' | 'setConnectionProblem'> {
  readonly follow: FollowMigration
  readonly secrets: SourceSecretHolder
  readonly apiKey: () => Secret | null
  readonly onKeyRefused: (refusedKey: Secret, problem: AppProblem) => void
}

/**
 * Follows the live migration and feeds its worker the secret, whatever the window looks at. Runs as long as the
 * app, with or without a window.
 */
export interface MigrationMonitor {
  /**
   * Shows this migration. A live one is followed; an ended one leaves alone what is followed. `isEndMissed`: it was live
   * when this app last heard of it.
   */
  readonly show: (migration: MigrationView, isEndMissed?: boolean) => void
  /** Follows this live one, and leaves what is shown. */
  readonly followBeside: (migration: MigrationView) => void
  readonly clear: () => void
  /** Takes a newer state that came another way than by the stream. */
  readonly take: (migration: MigrationView) => void
  readonly setCancelRequested: (migrationId: string, isRequested: boolean) => void
  /** After the secret holder has changed. */
  readonly secretChanged: () => void
}

export function createMigrationMonitor(ports: MigrationMonitorPorts): MigrationMonitor {
  const { secrets } = ports
  const stream = createStreamHolder(ports)
  let answeredKeyIds = new Set<string>()

  /** Changes the followed migration, and the shown one if it is the same. */
  const change = (part: Partial<CurrentMigration>): void => {
    const followed = ports.followed()
    if (followed === null) return
    const changed = { ...followed, ...part }
    const current = ports.current()
    const isShown = current?.migration.id === changed.migration.id
    ports.setMigrations({ followed: changed, current: isShown ? changed : current })
  }
  const handover = createHandoverService({
    api: ports.api,
    seal: ports.seal,
    returns: ports.returns,
    onProblem: (handoverProblem) => change({ handoverProblem }),
    onAnswered: (keyId) => {
      answeredKeyIds.add(keyId)
      settleHandover()
    },
  })
  const recall = createSecretRecall(ports, {
    onRecalled: (migrationId, secret) => {
      secrets.hold(migrationId, secret)
      settleHandover()
    },
    onFailed: () => settleHandover(),
  })
  const settleHandover = (): void => {
    const followed = ports.followed()
    if (followed === null) return
    const { migration } = followed
    if (isTerminal(migration.state)) secrets.dropFor(migration.id)
    const secret = secrets.secretFor(migration.id)
    const recalled = secret === null ? recall.recall(migration) : null
    const isRecalling = recalled?.isUnderWay ?? false
    const step = decideHandover({ migration, hasSecret: secret !== null, isRecalling, answeredKeyIds })
    if (step.sealTo !== null && secret !== null) handover.handOver(migration.id, step.sealTo, secret)
    else handover.stop()
    const isSettled = step.sealTo === null
    change({ handover: step.handover, ...(isSettled ? { handoverProblem: recalled?.problem ?? null } : {}) })
  }
  const take = (migration: MigrationView, isAfterGap = false): void => {
    const followed = ports.followed()
    if (followed?.migration.id !== migration.id || migration.revision < followed.migration.revision) return
    const isEnded = isTerminal(migration.state)
    change({ migration, ...(isEnded ? { isCancelRequested: false, isEndMissed: isAfterGap } : {}) })
    if (isEnded) {
      stream.leave()
      recall.stop()
    }
    settleHandover()
  }
  const follow = (migration: MigrationView, isBeside = false): void => {
    const before = ports.followed()
    // An account has one live migration (S7), so the one before has ended unheard.
    if (before !== null) secrets.dropFor(before.migration.id)
    handover.stop()
    recall.stop()
    answeredKeyIds = new Set()
    const followed = fresh(migration)
    ports.setMigrations({ followed, current: isBeside ? ports.current() : followed })
    stream.open(migration, take)
    settleHandover()
  }
  const showEnded = (migration: MigrationView, isEndMissed: boolean): void => {
    const before = ports.followed()
    const isLive = before !== null && !isTerminal(before.migration.state)
    secrets.dropFor(migration.id)
    ports.setMigrations({ followed: isLive ? before : null, current: { ...fresh(migration), isEndMissed } })
  }

  return {
    show: (migration, isEndMissed = false) => {
      const followed = ports.followed()
      if (followed?.migration.id === migration.id) {
        ports.setMigrations({ followed, current: followed })
        take(migration)
      } else if (isTerminal(migration.state)) showEnded(migration, isEndMissed)
      else follow(migration)
    },
    followBeside: (migration) => {
      if (ports.followed()?.migration.id !== migration.id) follow(migration, true)
    },
    clear: () => {
      handover.stop()
      recall.stop()
      stream.leave()
      ports.setMigrations({ current: null, followed: null })
    },
    take: (migration) => take(migration),
    setCancelRequested: (migrationId, isCancelRequested) => {
      if (ports.followed()?.migration.id === migrationId) change({ isCancelRequested })
    },
    secretChanged: settleHandover,
  }
}

const fresh = (migration: MigrationView): CurrentMigration => ({
  migration,
  handover: 'not-needed',
  handoverProblem: null,
  isCancelRequested: false,
  isEndMissed: false,
})

type StreamPorts = Pick<MigrationMonitorPorts, 'follow' | 'apiKey' | 'setConnectionProblem' | 'onKeyRefused'>

/** The one open stream. */
function createStreamHolder(ports: StreamPorts) {
  let stop = (): void => undefined
  const leave = (): void => {
    stop()
    stop = () => undefined
    ports.setConnectionProblem(null)
  }
  const open = ({ id, revision, state }: MigrationView, onMigration: MigrationFollow['onMigration']): void => {
    leave()
    const apiKey = ports.apiKey()
    if (apiKey === null || isTerminal(state)) return
    stop = ports.follow({
      migrationId: id,
      apiKey,
      knownRevision: revision,
      onMigration,
      onAlive: () => ports.setConnectionProblem(null),
      onInterrupted: (problem, heardAt) => ports.setConnectionProblem(problem, heardAt),
      onRefused: (problem) => {
        if (problem.code === 'unauthenticated') ports.onKeyRefused(apiKey, problem)
        else ports.setConnectionProblem(problem)
      },
    })
  }
  return { open, leave }
}
