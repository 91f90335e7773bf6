import { assertNever } from '#shared/domain/assert-never.ts'
import type { notificationTopics } from '#shared/ipc/preference-values.ts'
import type { NotificationKind } from './notification-rules.ts'

export type NotificationTopic = (typeof notificationTopics)[number]

/** The switch in the settings that a notification belongs to. */
export function topicOf(kind: NotificationKind): NotificationTopic {
  switch (kind) {
    case 'completed':
    case 'cancelled':
      return kind
    case 'completed-with-exceptions':
    case 'failed':
    case 'secret-needed':
      return 'needs-attention'
    default:
      return assertNever(kind)
  }
}
