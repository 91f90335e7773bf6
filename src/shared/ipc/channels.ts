import { z } from 'zod'
import { destinationViewSchema, logLineSchema, migrationViewSchema, objectExceptionSchema } from '../contract/schemas.ts'
import { existingPolicies } from '../domain/object-outcome.ts'
import { licenceSchema, preferencesChangeSchema } from './preferences.ts'
import { appProblemSchema } from './problems.ts'
import { appFactsSchema, appSnapshotSchema } from './snapshot.ts'
import { sourceCheckProgressSchema, sourceCheckSchema, sourceDraftSchema } from './source-check.ts'
import { wizardUses } from './updates.ts'

/** `Result` as it crosses IPC. */
const resultOf = <T extends z.ZodType>(value: T) =>
  z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value }),
    z.object({ ok: z.literal(false), error: appProblemSchema }),
  ])
const done = resultOf(z.null())
const secretText = z.string().max(4096)
const migrationId = z.uuid()

/** Exact pages the window may open in the browser; the addresses live in main. */
export const externalPages = ['api-key', 'support', 'documentation'] as const

/** `rememberProblem`: it has started, but the keychain did not take the secret. One that says so later: `rememberFailed`. */
const startAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), rememberProblem: appProblemSchema.nullable() }),
  z.object({ kind: z.literal('source'), check: sourceCheckSchema }),
  z.object({ kind: z.literal('refused'), problem: appProblemSchema }),
])

/** Offered in the demo for one-click filling; null otherwise. Throw-away values made for the run. */
const demoOfferSchema = z.object({
  apiKey: z.string(),
  source: sourceDraftSchema,
  secretAccessKey: z.string(),
})

/** Window → main. Every call is checked for its sender and parsed on arrival; answers are parsed too. */
export const requests = {
  getFacts: { argument: z.null(), answer: appFactsSchema },
  getSnapshot: { argument: z.null(), answer: appSnapshotSchema },
  getDemoOffer: { argument: z.null(), answer: demoOfferSchema.nullable() },
  signIn: { argument: z.object({ apiKey: secretText }), answer: done },
  signOut: { argument: z.null(), answer: done },
  /** Asks the keychain once more, for the key or to keep it; the session tells what became of it. */
  retryKeychain: { argument: z.null(), answer: done },
  checkSource: { argument: z.object({ draft: sourceDraftSchema, secretAccessKey: secretText }), answer: sourceCheckSchema },
  /** Stops the wizard's check, and a start or run again that has not been dispatched yet: it then answers `stopped`. */
  stopSourceCheck: { argument: z.null(), answer: z.null() },
  /** B2: the check answers with what it has counted so far. */
  endSourceCount: { argument: z.null(), answer: z.null() },
  listDestinations: { argument: z.null(), answer: resultOf(z.array(destinationViewSchema)) },
  /** Checks the source once more, dispatches, and keeps the secret in memory until a worker took it. */
  startMigration: {
    argument: z.object({
      draft: sourceDraftSchema,
      secretAccessKey: secretText,
      destinationId: z.string().max(64),
      destinationPrefix: z.string().max(8192),
      /** Made by the wizard once per review, so that a repeated click or a retry dispatches once. */
      dispatchKey: z.uuid(),
      existing: z.enum(existingPolicies),
      /** B7: keep the source's secret in the person's own keychain, for "run again" and lost workers. */
      isSecretRemembered: z.boolean(),
    }),
    answer: startAnswer,
  },
  /**
   * B4: dispatches the same migration once more; only what is missing or differs is copied. The secret is the given
   * one, else the one in the keychain, else `secret-needed`.
   */
  runAgain: {
    argument: z.object({
      migrationId,
      secretAccessKey: secretText.nullable(),
      isSecretRemembered: z.boolean(),
      dispatchKey: z.uuid(),
    }),
    answer: z.discriminatedUnion('kind', [
      ...startAnswer.options,
      /** `reason`: why the remembered one could not be used; null when none was asked for. */
      z.object({ kind: z.literal('secret-needed'), reason: appProblemSchema.nullable() }),
    ]),
  },
  supplySecret: { argument: z.object({ migrationId, secretAccessKey: secretText }), answer: done },
  cancelMigration: { argument: z.object({ migrationId }), answer: done },
  showMigration: { argument: z.object({ migrationId }), answer: done },
  /** Leaves the ended migration and shows the wizard. */
  startAnother: { argument: z.null(), answer: z.null() },
  readLog: { argument: z.object({ migrationId }), answer: resultOf(z.array(logLineSchema)) },
  /** B6: one page of the account's migrations, newest first. */
  listMigrations: {
    argument: z.object({ cursor: z.string().max(256).nullable(), search: z.string().max(256) }),
    answer: resultOf(z.object({ migrations: z.array(migrationViewSchema), nextCursor: z.string().nullable() })),
  },
  readExceptions: {
    argument: z.object({ migrationId }),
    answer: resultOf(z.object({ exceptions: z.array(objectExceptionSchema), total: z.number().int() })),
  },
  /** Asks where to, and saves the report there: JSON when the name ends in .json, else CSV. */
  saveReport: {
    argument: z.object({ migrationId }),
    answer: resultOf(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('saved'), fileName: z.string(), sha256: z.string() }),
        z.object({ kind: z.literal('not-chosen') }),
      ]),
    ),
  },
  /** B7: the sources whose secret is in the keychain. */
  listRememberedSources: {
    argument: z.null(),
    answer: z.array(z.object({ endpoint: z.string(), accessKeyId: z.string() })),
  },
  forgetRememberedSource: {
    argument: z.object({ endpoint: z.string().max(4096), accessKeyId: z.string().max(4096) }),
    answer: done,
  },
  changePreferences: { argument: preferencesChangeSchema, answer: done },
  /** For self-hosting. Asks the API there first, then signs out and starts the app anew; null is the usual address. */
  changeApiOrigin: { argument: z.object({ apiOrigin: z.string().max(2048).nullable() }), answer: done },
  /** What `saveDiagnostics` would write, redacted: the person reads it before it leaves the app. */
  readDiagnostics: { argument: z.null(), answer: resultOf(z.string()) },
  saveDiagnostics: {
    argument: z.null(),
    answer: resultOf(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('saved'), fileName: z.string() }),
        z.object({ kind: z.literal('not-chosen') }),
      ]),
    ),
  },
  readLicences: { argument: z.null(), answer: z.array(licenceSchema) },
  /** Refused with `update-held` while the app is needed; a check is then made as soon as it is not. */
  checkForUpdates: { argument: z.null(), answer: done },
  /** Refused with `update-held` as well, and with `draft-held` while the wizard holds what would be lost. */
  restartToUpdate: { argument: z.null(), answer: done },
  /** No update comes in between while the wizard is filled in, and none takes its draft away. */
  tellWizardUse: { argument: z.object({ use: z.enum(wizardUses) }), answer: z.null() },
  /** Goes to a migration as a link does; what stands in the way becomes the snapshot's `linkProblem`. */
  openMigration: { argument: z.object({ migrationId }), answer: z.null() },
  /** An end of the snapshot's `endNews` is on the screen: no notification needs to tell it. */
  endNewsShown: { argument: z.object({ migrationId }), answer: z.null() },
  /** The same, and it need not stay: its outcome is on the screen, or the person has put it away. */
  putEndNewsAway: { argument: z.object({ migrationId }), answer: z.null() },
  dismissLinkProblem: { argument: z.null(), answer: z.null() },
  openExternal: { argument: z.object({ page: z.enum(externalPages) }), answer: z.null() },
} as const satisfies Record<string, { argument: z.ZodType; answer: z.ZodType }>

/** Main → window. */
export const notices = {
  snapshotChanged: appSnapshotSchema,
  /** The tray's or a notification's "Cancel…" asks the window to show its confirmation. */
  cancelAsked: z.object({ migrationId }),
  /** A link was followed to this migration: the window goes to it, whatever it shows. */
  migrationOpened: z.object({ migrationId }),
  /** While `checkSource` is under way. */
  sourceCheckProgressed: sourceCheckProgressSchema,
  /** B7: a migration has started, and later the keychain did not take its secret. */
  rememberFailed: z.object({ problem: appProblemSchema }),
} as const satisfies Record<string, z.ZodType>

export type RequestName = keyof typeof requests
export type NoticeName = keyof typeof notices
export type RequestArgument<N extends RequestName> = z.input<(typeof requests)[N]['argument']>
export type RequestAnswer<N extends RequestName> = z.output<(typeof requests)[N]['answer']>
export type Notice<N extends NoticeName> = z.output<(typeof notices)[N]>

/** What preload puts on `window.carolina`: named functions only. */
export type Bridge = {
  readonly [N in RequestName]: (argument: RequestArgument<N>) => Promise<RequestAnswer<N>>
} & {
  /** Returns the function that ends the subscription. */
  readonly onNotice: <N extends NoticeName>(name: N, listener: (notice: Notice<N>) => void) => () => void
}
