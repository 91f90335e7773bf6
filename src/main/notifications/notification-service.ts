import { Notification, nativeImage } from 'electron'
import { formatBytes, formatFiles } from '#shared/domain/amounts.ts'
import type { AppSnapshot, CurrentMigration } from '#shared/ipc/snapshot.ts'
import { notificationWords } from '../copy/app-words.ts'
import { countExceptions } from '../migrations/exception-count-rules.ts'
import { decideNotification, type NotificationKind } from './notification-rules.ts'
import { type NotificationTopic, topicOf } from './notification-topic-rules.ts'

export interface NotificationPorts {
  readonly iconFile: string
  /** The window is in front and shows this migration. */
  readonly isWatched: (migrationId: string) => boolean
  readonly isCancelledHere: (migrationId: string) => boolean
  /** The person wants to be told of it. */
  readonly isTopicOn: (topic: NotificationTopic) => boolean
  readonly notifiedMigrationId: () => string | null
  readonly rememberNotified: (migrationId: string) => void
  readonly onClick: (migrationId: string) => void
}

export interface NotificationService {
  /** Call with every published background snapshot, in order. */
  readonly observe: (snapshot: AppSnapshot) => void
}

export function createNotificationService(ports: NotificationPorts): NotificationService {
  let before: Pick<AppSnapshot, 'current'> = { current: null }
  // Kept reachable: a collected Notification would lose its click.
  const shown = new Set<Notification>()

  const show = (kind: NotificationKind, { migration }: CurrentMigration): void => {
    if (!Notification.isSupported()) return
    const words = notificationWords[kind]({
      bucket: migration.source.bucket,
      destination: migration.destination.name,
      copied: `${formatBytes(migration.progress.copiedBytes)} in ${formatFiles(migration.progress.copiedObjects)}`,
      exceptions: countExceptions(migration),
    })
    const notification = new Notification({ ...words, icon: nativeImage.createFromPath(ports.iconFile) })
    notification.on('click', () => ports.onClick(migration.id))
    notification.on('close', () => shown.delete(notification))
    shown.add(notification)
    notification.show()
  }

  const observe = (snapshot: AppSnapshot): void => {
    const current = snapshot.current
    const decision = decideNotification(before, snapshot, {
      isWatched: current !== null && ports.isWatched(current.migration.id),
      notifiedMigrationId: ports.notifiedMigrationId(),
      isCancelledHere: current !== null && ports.isCancelledHere(current.migration.id),
    })
    before = snapshot
    if (current === null) return
    // Remembered first: a crash in between loses one notification instead of telling it twice.
    if (decision.isEnd) ports.rememberNotified(current.migration.id)
    if (decision.kind !== null && ports.isTopicOn(topicOf(decision.kind))) show(decision.kind, current)
  }
  return { observe }
}
