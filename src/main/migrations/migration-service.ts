import type { AccountView, MigrationView } from '#shared/contract/schemas.ts'
import { isTerminal } from '#shared/domain/migration-state.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import { checkSecretAccessKey } from '#shared/domain/source-field-rules.ts'
import type { AppProblem } from '#shared/ipc/problems.ts'
import type { AccountCalls } from '../account/authorised-api.ts'
import { createAttempt } from '../api/attempt.ts'
import type { ConnectionReturns } from '../api/connection-returns.ts'
import { askUntilAnswered } from '../api/persistent-call.ts'
import type { SourceSecretHolder } from '../secrets/source-secret-holder.ts'
import type { ConnectionCheck } from '../source/connection-check.ts'
import { findMigrations, type FoundMigrations, newestIfLive } from './find-migrations.ts'
import { secretRefusal, sourceOf } from './held-source-rules.ts'
import type { MigrationMonitor } from './migration-monitor.ts'

export interface MigrationServicePorts {
  readonly beginCalls: () => AccountCalls
  readonly monitor: MigrationMonitor
  readonly secrets: SourceSecretHolder
  readonly checkConnection: ConnectionCheck
  /** The shown one, and the live one that is followed; mostly the same. */
  readonly current: () => MigrationView | null
  readonly followed: () => MigrationView | null
  readonly accountId: () => string | null
  readonly lastViewedMigrationId: (accountId: string) => string | null
  readonly setLastViewedMigrationId: (accountId: string, migrationId: string | null) => void
  /** Live when last seen: their ends are still to be told. */
  readonly awaitedMigrationIds: (accountId: string) => readonly string[]
  readonly setAwaitedMigrationIds: (accountId: string, migrationIds: readonly string[]) => void
  /** An awaited one has ended meanwhile and is not the one that is shown. */
  readonly onMissedEnd: (migration: MigrationView) => void
  readonly setConnectionProblem: (problem: AppProblem | null) => void
  readonly returns: Pick<ConnectionReturns, 'next'>
  readonly random?: () => number
}

/** What a person does with migrations. Its own tasks end with the session. */
export interface MigrationService {
  /** S14: shows the live one, wherever it was started, else what was viewed last, days later too. */
  readonly accountEntered: (account: AccountView) => Promise<void>
  /**
   * S7: notices a live one that was started elsewhere while nothing is followed here, at most once a minute. What is shown
   * stays: the person may be in the middle of the wizard.
   */
  readonly lookAgain: () => Promise<void>
  /** Forgets what belongs to the account that has left: the shown migration and the source secret. */
  readonly accountLeft: () => void
  readonly dispatched: (migration: MigrationView, secret: Secret) => void
  readonly show: (migrationId: string) => Promise<Result<null, AppProblem>>
  /** S15. Works for the shown migration and for any other of the account. */
  readonly cancel: (migrationId: string) => Promise<Result<null, AppProblem>>
  readonly isCancelledHere: (migrationId: string) => boolean
  /** B8: for a worker that waits when this app holds the secret no more. */
  readonly supplySecret: (migrationId: string, secret: Secret) => Promise<Result<null, AppProblem>>
  /** Shows the live migration when the window looks at an ended one. */
  readonly showLive: () => void
  /** Leaves an ended migration, for the live one if there is one (S7). A live one stays. */
  readonly startAnother: () => void
}

const LOOK_AGAIN_MS = 60_000

export function createMigrationService(ports: MigrationServicePorts): MigrationService {
  const { beginCalls, monitor, secrets, random = Math.random } = ports
  const cancelledHere = new Set<string>()
  let restoring = createAttempt()
  let stay = createAttempt()
  let lookedAt = 0

  const live = (): MigrationView | null => {
    const followed = ports.followed()
    return followed === null || isTerminal(followed.state) ? null : followed
  }
  const view = (migration: MigrationView, isEndMissed = false): void => {
    // Whoever looks at an ended one must still learn what is live, and what has ended meanwhile.
    if (!isTerminal(migration.state)) restoring.end()
    const accountId = ports.accountId()
    if (accountId !== null) ports.setLastViewedMigrationId(accountId, migration.id)
    monitor.show(migration, isEndMissed)
  }
  const accountEntered = async (account: AccountView): Promise<void> => {
    restoring.end()
    lookedAt = Date.now()
    const attempt = createAttempt()
    const { call } = beginCalls()
    restoring = attempt
    const found = await askUntilAnswered({
      ask: (signal) =>
        findMigrations((name, input) => call(name, input, signal), {
          awaitedIds: ports.awaitedMigrationIds(account.id),
          viewedId: ports.lastViewedMigrationId(account.id),
        }),
      attempt,
      returns: ports.returns,
      onProblem: ports.setConnectionProblem,
      random,
    })
    if (found === null) return
    if (!found.ok) {
      ports.setConnectionProblem(null)
      return
    }
    forget(account.id, found.value.goneIds)
    arrive(found.value)
  }
  const forget = (accountId: string, goneIds: readonly string[]): void => {
    if (goneIds.length === 0) return
    const isGone = (id: string | null): boolean => id !== null && goneIds.includes(id)
    ports.setAwaitedMigrationIds(accountId, ports.awaitedMigrationIds(accountId).filter((id) => !isGone(id)))
    if (isGone(ports.lastViewedMigrationId(accountId))) ports.setLastViewedMigrationId(accountId, null)
  }
  const lookAgain = async (): Promise<void> => {
    if (ports.accountId() === null || live() !== null || Date.now() - lookedAt < LOOK_AGAIN_MS) return
    lookedAt = Date.now()
    const account = beginCalls()
    const page = await account.call('listMigrations', { query: {} })
    if (!page.ok || account.isOver() || live() !== null) return
    const newest = newestIfLive(page.value.migrations)
    if (newest !== null) monitor.followBeside(newest)
  }
  const arrive = ({ shown, missed }: FoundMigrations): void => {
    // A link may have been followed while this was found out.
    const chosenId = ports.current()?.id ?? null
    for (const migration of missed) {
      if (migration.id === chosenId) monitor.show(migration, true)
      else if (chosenId !== null || migration.id !== shown?.id) ports.onMissedEnd(migration)
    }
    if (shown === null) return
    if (chosenId === null) view(shown, missed.includes(shown))
    else if (!isTerminal(shown.state)) monitor.followBeside(shown)
  }
  const cancel = async (migrationId: string): Promise<Result<null, AppProblem>> => {
    cancelledHere.add(migrationId)
    monitor.setCancelRequested(migrationId, true)
    const answer = await beginCalls().call('cancelMigration', { params: { migrationId } })
    monitor.setCancelRequested(migrationId, false)
    if (!answer.ok) {
      cancelledHere.delete(migrationId)
      return answer
    }
    monitor.take(answer.value)
    return ok(null)
  }
  const showLive = (): void => {
    const migration = live()
    if (migration !== null && migration.id !== ports.current()?.id) view(migration)
  }
  const supplySecret = async (migrationId: string, typed: Secret): Promise<Result<null, AppProblem>> => {
    const checked = checkSecretAccessKey(typed.reveal())
    if (!checked.ok) return err({ code: 'invalid-fields', fields: [checked.error] })
    const account = beginCalls()
    const migration = live()
    if (migration?.id !== migrationId) return err({ code: 'migration-ended' })
    const secret = Secret.of(checked.value)
    // A wrong secret would end the migration at its worker for good.
    const check = await ports.checkConnection(sourceOf(migration, secret), stay.signal)
    if (account.isOver()) return err({ code: 'signed-out' })
    if (live()?.id !== migrationId) return err({ code: 'migration-ended' })
    const refusal = secretRefusal(check)
    if (refusal !== null) return err({ code: 'source-not-ready', reference: refusal })
    secrets.hold(migrationId, secret)
    monitor.secretChanged()
    return ok(null)
  }

  return {
    accountEntered,
    lookAgain,
    accountLeft: () => {
      restoring.end()
      stay.end()
      stay = createAttempt()
      secrets.drop()
      monitor.clear()
    },
    dispatched: (migration, secret) => {
      secrets.hold(migration.id, secret)
      view(migration)
    },
    show: async (migrationId) => {
      const held = [ports.followed(), ports.current()].find((migration) => migration?.id === migrationId)
      if (held != null) {
        if (migrationId !== ports.current()?.id) view(held)
        return ok(null)
      }
      const account = beginCalls()
      const found = await account.call('getMigration', { params: { migrationId } })
      if (!found.ok) return found
      if (account.isOver()) return err({ code: 'signed-out' })
      view(found.value)
      return ok(null)
    },
    cancel,
    isCancelledHere: (migrationId) => cancelledHere.has(migrationId),
    supplySecret,
    showLive,
    startAnother: () => {
      const migration = ports.current()
      const accountId = ports.accountId()
      if (migration === null || !isTerminal(migration.state) || accountId === null) return
      if (live() !== null) {
        showLive()
        return
      }
      ports.setLastViewedMigrationId(accountId, null)
      monitor.clear()
    },
  }
}
