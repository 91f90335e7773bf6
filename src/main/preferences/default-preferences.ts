/** What holds until the person decides. */
export const defaultPreferences = {
  theme: 'system',
  isStartedInTray: true,
  isKeptInTray: true,
  notifications: { completed: true, 'needs-attention': true, cancelled: true },
} as const
