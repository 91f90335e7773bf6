import { z } from 'zod'
import { accountViewSchema, migrationViewSchema } from '../contract/schemas.ts'
import { preferencesSchema } from './preferences.ts'
import { appProblemSchema } from './problems.ts'
import { updateStateSchema } from './updates.ts'

/** Where the API key is: in the keychain, or only in memory because the keychain said no. */
export const keyKeepingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('keychain') }),
  z.object({ kind: z.literal('until-quit'), reason: appProblemSchema }),
])

export const sessionSchema = z.discriminatedUnion('kind', [
  /** At the start: the keychain is asked for the key, then Carolina Cloud whether it is still good. */
  z.object({ kind: z.literal('restoring'), isKeychainAsked: z.boolean() }),
  z.object({ kind: z.literal('signed-out'), problem: appProblemSchema.nullable() }),
  z.object({ kind: z.literal('signed-in'), account: accountViewSchema, keyKeeping: keyKeepingSchema }),
])
export type Session = z.infer<typeof sessionSchema>

/** How the secret of the shown migration gets to its worker. */
export const handoverSchema = z.enum([
  /** This app holds the secret in memory and hands it over as soon as a worker asks. */
  'ready',
  'handed-over',
  /** A worker waits and this app no longer has the secret: ask for it. */
  'secret-needed',
  'not-needed',
])

export const currentMigrationSchema = z.object({
  migration: migrationViewSchema,
  handover: handoverSchema,
  handoverProblem: appProblemSchema.nullable(),
  /** True from the click on cancel until the API has taken it. */
  isCancelRequested: z.boolean(),
  /** It was live when this app last heard of it, and has ended while the person or the connection was away. */
  isEndMissed: z.boolean(),
})
export type CurrentMigration = z.infer<typeof currentMigrationSchema>

/**
 * All that main tells the window. Sent whole with each change; `revision` grows by one, so a window
 * that sees a gap or opens late asks for it once and is right again.
 */
export const appSnapshotSchema = z.object({
  revision: z.number().int().nonnegative(),
  session: sessionSchema,
  /** The migration last viewed, live or ended; null shows the wizard. */
  current: currentMigrationSchema.nullable(),
  /** Null while the API answers; else why it does not and since when. */
  connectionProblem: z.object({ problem: appProblemSchema, since: z.iso.datetime() }).nullable(),
  preferences: preferencesSchema,
  /** Ends that the window is to tell because it is in front; each until it is put away or its outcome is shown. */
  endNews: z.array(migrationViewSchema),
  /** A link from outside (`carolina-migrate://…`) could not be followed; until it is put away. */
  linkProblem: appProblemSchema.nullable(),
  updates: updateStateSchema,
})
export type AppSnapshot = z.infer<typeof appSnapshotSchema>

/** Facts that do not change while the app runs. */
export const appFactsSchema = z.object({
  appVersion: z.string(),
  platform: z.enum(['linux', 'darwin', 'win32']),
  /** The keychain's own name: "GNOME Keyring", "macOS Keychain", "Windows Credential Manager". */
  keychainName: z.string(),
  apiOrigin: z.string(),
  /** Who decided the address of the API: `environment` cannot be changed in the window. */
  apiOriginSource: z.enum(['default', 'settings', 'environment']),
  isDemo: z.boolean(),
})
export type AppFacts = z.infer<typeof appFactsSchema>
