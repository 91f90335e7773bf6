import type { notificationTopics, themes } from '#shared/ipc/preference-values.ts'

export type ThemeName = (typeof themes)[number]
export type NotificationTopic = (typeof notificationTopics)[number]
