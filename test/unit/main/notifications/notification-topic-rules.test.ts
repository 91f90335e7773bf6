import { expect, it } from 'vitest'
import { topicOf } from '../../../../src/main/notifications/notification-topic-rules.ts'

it.each([
  ['completed', 'completed'],
  ['completed-with-exceptions', 'needs-attention'],
  ['failed', 'needs-attention'],
  ['secret-needed', 'needs-attention'],
  ['cancelled', 'cancelled'],
] as const)('B13: the notification %s has the switch %s', (kind, topic) => expect(topicOf(kind)).toBe(topic))
