import { z } from 'zod'
import { destinationViewSchema, logLineSchema } from '../contract/schemas.ts'
import { appProblemSchema } from './problems.ts'
import { appFactsSchema, appSnapshotSchema } from './snapshot.ts'
import { sourceCheckSchema, sourceDraftSchema } from './source-check.ts'

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
  checkSource: { argument: z.object({ draft: sourceDraftSchema, secretAccessKey: secretText }), answer: sourceCheckSchema },
  stopSourceCheck: { argument: z.null(), answer: z.null() },
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
    }),
    answer: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('started') }),
      z.object({ kind: z.literal('source'), check: sourceCheckSchema }),
      z.object({ kind: z.literal('refused'), problem: appProblemSchema }),
    ]),
  },
  supplySecret: { argument: z.object({ migrationId, secretAccessKey: secretText }), answer: done },
  cancelMigration: { argument: z.object({ migrationId }), answer: done },
  showMigration: { argument: z.object({ migrationId }), answer: done },
  /** Leaves the ended migration and shows the wizard. */
  startAnother: { argument: z.null(), answer: z.null() },
  readLog: { argument: z.object({ migrationId }), answer: resultOf(z.array(logLineSchema)) },
  openExternal: { argument: z.object({ page: z.enum(externalPages) }), answer: z.null() },
} as const satisfies Record<string, { argument: z.ZodType; answer: z.ZodType }>

/** Main → window. */
export const notices = {
  snapshotChanged: appSnapshotSchema,
  /** The tray's or a notification's "Cancel…" asks the window to show its confirmation. */
  cancelAsked: z.object({ migrationId }),
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
