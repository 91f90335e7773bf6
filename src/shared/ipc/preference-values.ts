/** Apart from their schemas, so that the window can list them without zod. */
export const themes = ['system', 'light', 'dark'] as const
/** What a notification can be about; each can be switched off. */
export const notificationTopics = ['completed', 'needs-attention', 'cancelled'] as const
