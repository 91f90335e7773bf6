import type { notificationTopics, themes } from '#shared/ipc/preferences.ts'

export type ThemeName = (typeof themes)[number]
export type NotificationTopic = (typeof notificationTopics)[number]
