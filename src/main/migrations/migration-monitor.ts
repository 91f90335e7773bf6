import type { MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import type { Secret } from '#shared/domain/secret.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { CurrentMigration } from '#shared/ipc/snapshot.ts'
import type { FollowMigration } from '../api/migration-stream.ts'
import type { SourceSecretHolder } from '../secrets/source-secret-holder.ts'
import { decideHandover } from './handover-rules.ts'
import { createHandoverService, type HandoverPorts } from './handover-service.ts'

export interface MigrationMonitorPorts extends Pick<HandoverPorts, 'api' | 'seal'> {
  readonly follow: FollowMigration
  readonly secrets: SourceSecretHolder
  readonly apiKey: () => Secret | null
  readonly current: () => CurrentMigration | null
  readonly setCurrent: (current: CurrentMigration | null) => void
  readonly setConnectionProblem: (problem: AppProblem | null) => void
  readonly onKeyRefused: (refusedKey: Secret, problem: AppProblem) => void
}

/** Follows the shown migration and feeds its worker the secret. Runs as long as the app, with or without a window. */
export interface MigrationMonitor {
  /** Shows and follows this migration instead of what was shown before. */
  readonly show: (migration: MigrationView) => void
  readonly clear: () => void
  /** Takes a newer state that came another way than by the stream. */
  readonly take: (migration: MigrationView) => void
  readonly setCancelRequested: (migrationId: string, isRequested: boolean) => void
  /** After the secret holder has changed. */
  readonly secretChanged: () => void
  /** Opens the stream anew: after sleep the old one may be dead without knowing. */
  readonly reconnect: () => void
}

export function createMigrationMonitor(ports: MigrationMonitorPorts): MigrationMonitor {
  const { secrets } = ports
  let stopFollowing = (): void => undefined
  let answeredKeyIds = new Set<string>()

  const change = (part: Partial<CurrentMigration>): void => {
    const current = ports.current()
    if (current !== null) ports.setCurrent({ ...current, ...part })
  }
  const handover = createHandoverService({
    api: ports.api,
    seal: ports.seal,
    onProblem: (handoverProblem) => change({ handoverProblem }),
    onAnswered: (keyId) => {
      answeredKeyIds.add(keyId)
      settleHandover()
    },
  })
  const settleHandover = (): void => {
    const current = ports.current()
    if (current === null) return
    const { migration } = current
    if (isTerminal(migration.state)) secrets.drop()
    const secret = secrets.secretFor(migration.id)
    const step = decideHandover({ migration, hasSecret: secret !== null, answeredKeyIds })
    if (step.sealTo !== null && secret !== null) handover.handOver(migration.id, step.sealTo, secret)
    else handover.stop()
    const isSettled = step.sealTo === null
    change({ handover: step.handover, ...(isSettled ? { handoverProblem: null } : {}) })
  }

  const take = (migration: MigrationView): void => {
    const current = ports.current()
    if (current?.migration.id !== migration.id || migration.revision < current.migration.revision) return
    const isEnded = isTerminal(migration.state)
    change({ migration, ...(isEnded ? { isCancelRequested: false } : {}) })
    if (isEnded) leaveStream()
    settleHandover()
  }
  const leaveStream = (): void => {
    stopFollowing()
    stopFollowing = () => undefined
    ports.setConnectionProblem(null)
  }
  const follow = ({ id, revision, state }: MigrationView): void => {
    leaveStream()
    const apiKey = ports.apiKey()
    if (apiKey === null || isTerminal(state)) return
    stopFollowing = ports.follow({
      migrationId: id,
      apiKey,
      knownRevision: revision,
      onMigration: take,
      onAlive: () => ports.setConnectionProblem(null),
      onInterrupted: (problem) => ports.setConnectionProblem(problem),
      onRefused: (problem) => {
        if (problem.code === 'unauthenticated') ports.onKeyRefused(apiKey, problem)
        else ports.setConnectionProblem(problem)
      },
    })
  }

  return {
    show: (migration) => {
      handover.stop()
      answeredKeyIds = new Set()
      ports.setCurrent({ migration, handover: 'not-needed', handoverProblem: null, isCancelRequested: false })
      follow(migration)
      settleHandover()
    },
    clear: () => {
      handover.stop()
      leaveStream()
      ports.setCurrent(null)
    },
    take,
    setCancelRequested: (migrationId, isCancelRequested) => {
      if (ports.current()?.migration.id === migrationId) change({ isCancelRequested })
    },
    secretChanged: settleHandover,
    reconnect: () => {
      const current = ports.current()
      if (current !== null) follow(current.migration)
    },
  }
}
