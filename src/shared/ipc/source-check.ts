import { z } from 'zod'
import { sourceTargetSchema } from '../contract/create-migration.ts'
import { fieldProblemSchema } from './problems.ts'

/** What a finding of the preflight is about; each code has its words in the renderer's copy. */
export const findingCodes = [
  /** Good news. */
  'source-listed',
  'source-readable',
  /** Rows E1-E7, E9. */
  'invalid-access-key',
  'signature-mismatch',
  'access-denied',
  'object-not-readable',
  'bucket-not-found',
  'nothing-there',
  'folder-or-object',
  'region-mismatch',
  'archived-object',
  /** B2: what a sample of the source's own objects carries that arrives as well, and what does not. */
  'metadata-kept',
  'tags-lost',
  'storage-class-lost',
  'host-not-found',
  'connection-refused',
  'connection-timeout',
  'tls-untrusted',
  'tls-to-plain-http',
  'plain-http-to-tls',
  'not-an-s3-endpoint',
  'clock-skew',
  'throttled',
  'no-internet',
  'unknown-refusal',
] as const

export const sourceDraftSchema = z.object({
  endpoint: z.string().max(4096),
  region: z.string().max(4096),
  accessKeyId: z.string().max(4096),
  bucket: z.string().max(4096),
  prefix: z.string().max(8192),
  /** Chosen when a folder and an object share the prefix as their name. Absent: whichever of the two is there. */
  prefixMeans: z.literal('object').optional(),
})
export type SourceDraft = z.infer<typeof sourceDraftSchema>

export const findingSchema = z.object({
  code: z.enum(findingCodes),
  severity: z.enum(['good', 'note', 'problem']),
  /** Numbers and names the words need: `objects`, `bytes`, `more`, `expectedRegion`, `sentRegion`, `s3Code`, `key` … */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** One-click fixes: the parts of the draft to replace. */
  fixes: z.array(sourceDraftSchema.partial()),
})
export type Finding = z.infer<typeof findingSchema>

/** What could be counted within the preflight's time. */
export const surveySchema = z.object({
  objects: z.number().int().nonnegative(),
  bytes: z.number().nonnegative(),
  /** False: "at least". */
  isComplete: z.boolean(),
  /** Of those counted: in an archive class and not restored, left out of the copy. */
  archivedObjects: z.number().int().nonnegative(),
  archivedBytes: z.number().nonnegative(),
})
export type Survey = z.infer<typeof surveySchema>

/** While a preflight runs: what it has found so far. A later one replaces an earlier one. */
export const sourceCheckProgressSchema = z.object({
  findings: z.array(findingSchema),
  survey: surveySchema.nullable(),
})
export type SourceCheckProgress = z.infer<typeof sourceCheckProgressSchema>

/** The answer of a preflight. `fieldProblems` come before any request is made. */
export const sourceCheckSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fields'), fieldProblems: z.array(fieldProblemSchema) }),
  z.object({ kind: z.literal('blocked'), findings: z.array(findingSchema) }),
  z.object({
    kind: z.literal('ready'),
    findings: z.array(findingSchema),
    target: sourceTargetSchema,
    /** A key that will be copied, to show where it lands. */
    firstKey: z.string(),
    survey: surveySchema,
  }),
  z.object({ kind: z.literal('stopped') }),
])
export type SourceCheck = z.infer<typeof sourceCheckSchema>
