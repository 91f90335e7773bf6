import { z } from 'zod'
import { notificationTopics, themes } from './preference-values.ts'

export const preferencesSchema = z.object({
  theme: z.enum(themes),
  /** Null where the system offers no way, or the app is not installed. */
  isLaunchedAtLogin: z.boolean().nullable(),
  /** When launched at login: no window, only the tray. */
  isStartedInTray: z.boolean(),
  /** Closing the window leaves the app in the tray; else it quits. The migration goes on either way. */
  isKeptInTray: z.boolean(),
  notifications: z.record(z.enum(notificationTopics), z.boolean()),
})
export type Preferences = z.infer<typeof preferencesSchema>

/** What is changed; the rest stays. */
export const preferencesChangeSchema = preferencesSchema.partial()
export type PreferencesChange = z.infer<typeof preferencesChangeSchema>

/** A part of the app that others have written, with its licence. */
export const licenceSchema = z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() })
