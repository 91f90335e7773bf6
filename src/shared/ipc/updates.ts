import { z } from 'zod'

/** Why this copy of the app never looks for updates. */
export const updatesOffReasons = [
  /** Run from its source code. */
  'not-installed',
  /** A deb or rpm: the system's package manager brings them. */
  'system-package',
  /** Unpacked by hand: nothing there that could be replaced as a whole. */
  'archive',
  /** The package names no feed, or none that is encrypted. */
  'no-feed',
] as const

export const updateFailures = [
  'unreachable',
  /** Checksum or signature is not what was published: thrown away, never installed. */
  'damaged',
  'not-understood',
  'disk-full',
  /** It came, and was gone again before it could be installed. */
  'lost',
  /** It came, but the app's own file may not be replaced. */
  'not-replaced',
] as const
export type UpdateFailure = (typeof updateFailures)[number]

export const updateStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off'), reason: z.enum(updatesOffReasons) }),
  /** `checkedAt`: when this version was last known to be the newest; null before the first check. */
  z.object({ kind: z.literal('idle'), checkedAt: z.iso.datetime().nullable() }),
  z.object({ kind: z.literal('checking') }),
  z.object({ kind: z.literal('downloading'), version: z.string(), percent: z.number().int() }),
  /** Installed when the app ends, by whatever way. */
  z.object({ kind: z.literal('ready'), version: z.string() }),
  z.object({ kind: z.literal('failed'), failure: z.enum(updateFailures) }),
])
export type UpdateState = z.infer<typeof updateStateSchema>

/** Whether the wizard holds a draft, and whether the person is at it. */
export const wizardUses = ['empty', 'put-aside', 'filled-in'] as const
export type WizardUse = (typeof wizardUses)[number]
