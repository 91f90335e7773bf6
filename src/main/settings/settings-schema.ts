import { preferencesSchema } from '#shared/ipc/preferences.ts'
import { z } from 'zod'
import { defaultPreferences } from '../preferences/default-preferences.ts'

const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
})
export type WindowBounds = z.infer<typeof boundsSchema>

const rememberedSourceSchema = z.object({ endpoint: z.string(), accessKeyId: z.string() })
/** Names what the keychain holds a secret for; the secret itself is there and only there. */
export type RememberedSource = z.infer<typeof rememberedSourceSchema>

/** Launch at login is the system's to remember. */
const storedPreferencesSchema = preferencesSchema.omit({ isLaunchedAtLogin: true })
export type StoredPreferences = z.infer<typeof storedPreferencesSchema>

/** All that is kept on disk. Nothing here may hold an API key or a secret. */
export const settingsSchema = z.strictObject({
  /** Account id → the migration it viewed last, to be shown again on return (S14). */
  lastViewedMigrationIds: z.record(z.uuid(), z.uuid()).default({}),
  /** Account id → the migrations that were live when last seen: each one's end is still to be told, once. */
  awaitedMigrationIds: z.record(z.uuid(), z.array(z.uuid())).default({}),
  /** The person signed out while the keychain would not let go of the key: taken out at the next start. */
  isKeyRemovalOwed: z.boolean().default(false),
  /** B7: account id → the sources whose secret the person asked to be remembered. */
  rememberedSources: z.record(z.uuid(), z.array(rememberedSourceSchema)).default({}),
  windowBounds: boundsSchema.nullable().default(null),
  preferences: storedPreferencesSchema.default(defaultPreferences),
  /** For self-hosting; null: the usual address. */
  apiOrigin: z.string().nullable().default(null),
  /** The person was told once that a closed window leaves the app in the tray. */
  isTrayExplained: z.boolean().default(false),
})
export type Settings = z.output<typeof settingsSchema>
