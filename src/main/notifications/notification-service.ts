import { Notification, nativeImage } from 'electron'
import type { MigrationView } from '#shared/contract/schemas.ts'
import { formatBytes, formatFiles } from '#shared/domain/amounts.ts'
import { spokenMoment } from '#shared/domain/moments.ts'
import type { AppSnapshot, CurrentMigration } from '#shared/ipc/snapshot.ts'
import { notificationWords } from '../copy/app-words.ts'
import { countExceptions } from '../migrations/exception-count-rules.ts'
import { createEndTeller, type End, type EndTeller, type EndTellerPorts } from './end-teller.ts'
import { isSecretNewlyNeeded, type NotificationKind } from './notification-rules.ts'
import { type NotificationTopic, topicOf } from './notification-topic-rules.ts'

export interface NotificationPorts extends Omit<EndTellerPorts, 'awaitedIds' | 'setAwaitedIds' | 'notify'> {
  readonly iconFile: string
  readonly accountId: () => string | null
  readonly awaitedMigrationIds: (accountId: string) => readonly string[]
  readonly setAwaitedMigrationIds: (accountId: string, migrationIds: readonly string[]) => void
  /** The window looks at this migration, or would say at any other place that it needs somebody. */
  readonly isKnownToWindow: (migrationId: string) => boolean
  /** The person wants to be told of it. */
  readonly isTopicOn: (topic: NotificationTopic) => boolean
  readonly onClick: (migrationId: string) => void
}

export interface NotificationService extends Pick<EndTeller, 'windowLeft' | 'windowClosed' | 'shownInWindow' | 'putAway'> {
  /** Call with every published background snapshot, in order. */
  readonly observe: (snapshot: AppSnapshot) => void
  /** The end of one that is not followed was found on return. */
  readonly foundEnded: (migration: MigrationView) => void
}

/** The system decides whether it is a moment to be quiet: nothing here asks for a sound or for urgency. */
export function createNotificationService(ports: NotificationPorts): NotificationService {
  const notify = createNotifier(ports)
  const teller = createEndTeller({
    ...ports,
    awaitedIds: () => {
      const accountId = ports.accountId()
      return accountId === null ? [] : ports.awaitedMigrationIds(accountId)
    },
    setAwaitedIds: (migrationIds) => {
      const accountId = ports.accountId()
      if (accountId !== null) ports.setAwaitedMigrationIds(accountId, migrationIds)
    },
    notify: (end) => notify(end.migration.state as NotificationKind, end, () => teller.wasNotShown(end)),
  })
  let before: CurrentMigration | null = null
  const observe = ({ session, current }: AppSnapshot): void => {
    if (session.kind === 'signed-out') teller.signedOut()
    if (current !== null) {
      const { migration, isEndMissed } = current
      teller.saw({ migration, isMissed: isEndMissed })
      const isKnown = ports.isWindowInFront() && ports.isKnownToWindow(migration.id)
      if (isSecretNewlyNeeded(before, current) && !isKnown) notify('secret-needed', { migration, isMissed: false }, tellsElsewhere)
    }
    before = current
  }
  return { ...teller, observe, foundEnded: (migration) => teller.saw({ migration, isMissed: true }) }
}

/** Tray and window ask for the secret all the time that it is needed. */
const tellsElsewhere = (): void => undefined

function createNotifier({ iconFile, isTopicOn, onClick }: NotificationPorts) {
  // Kept reachable: a collected Notification would lose its click.
  const shown = new Set<Notification>()
  /** False: nothing will be shown. `onNotShown`: it was to be shown, and was not. */
  return (kind: NotificationKind, { migration, isMissed }: End, onNotShown: () => void): boolean => {
    // What the person does not want to hear of is not for the window either.
    if (!isTopicOn(topicOf(kind))) return true
    if (!Notification.isSupported()) return false
    const { finishedAt } = migration
    const words = notificationWords(kind, {
      bucket: migration.source.bucket,
      destination: migration.destination.name,
      copied: `${formatBytes(migration.progress.copiedBytes)} in ${formatFiles(migration.progress.copiedObjects)}`,
      exceptions: countExceptions(migration),
      missedAt: isMissed && finishedAt !== null ? spokenMoment(finishedAt, Date.now()) : null,
    })
    const notification = new Notification({ ...words, icon: nativeImage.createFromPath(iconFile) })
    notification.on('click', () => onClick(migration.id))
    notification.on('close', () => shown.delete(notification))
    notification.on('failed', () => {
      shown.delete(notification)
      onNotShown()
    })
    shown.add(notification)
    notification.show()
    return true
  }
}
