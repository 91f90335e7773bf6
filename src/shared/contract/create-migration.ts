import { z } from 'zod'
import { checkDestinationPrefix } from '../domain/destination-field-rules.ts'
import { existingPolicies } from '../domain/object-outcome.ts'
import { destinationFolder } from '../domain/s3-location-model.ts'
import {
  checkAccessKeyId,
  checkBucket,
  checkEndpoint,
  checkEndpointAgainstBucket,
  checkRegion,
  checkSourcePrefix,
} from '../domain/source-field-rules.ts'
import type { FieldProblem, FieldResult } from '../domain/text-rules.ts'

/** A text judged by a domain rule; the rule's whole finding travels in the issue's `params.problem`. */
function ruled(check: (text: string) => FieldResult) {
  return z
    .string()
    .max(4096)
    .transform((text, context) => {
      const result = check(text)
      if (result.ok) return result.value
      addProblem(context, result.error)
      return z.NEVER
    })
}

function addProblem(context: z.RefinementCtx, problem: FieldProblem, path?: PropertyKey[]) {
  context.addIssue({
    code: 'custom',
    message: problem.code,
    params: { problem },
    ...(path === undefined ? {} : { path }),
  })
}

const exactKeySchema = ruled(checkSourcePrefix).refine((key) => key !== '', 'empty')

export const sourceTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bucket') }),
  z.strictObject({ kind: z.literal('folder'), prefix: exactKeySchema.refine((prefix) => prefix.endsWith('/'), 'a folder ends in /') }),
  z.strictObject({ kind: z.literal('object'), key: exactKeySchema.refine((key) => !key.endsWith('/'), 'an object does not end in /') }),
])

/** The source without its secret: nothing here may ever name one. */
export const migrationSourceSchema = z
  .strictObject({
    endpoint: ruled(checkEndpoint),
    // Judged alone here, so that it is told along with the other fields; against the endpoint below.
    region: z
      .string()
      .max(4096, { abort: true })
      .superRefine((text, context) => {
        const result = checkRegion(text, null)
        if (!result.ok) addProblem(context, result.error)
      }),
    accessKeyId: ruled(checkAccessKeyId),
    bucket: ruled(checkBucket),
    target: sourceTargetSchema,
  })
  .transform((source, context) => {
    const region = checkRegion(source.region, source.endpoint)
    if (!region.ok) addProblem(context, region.error, ['region'])
    const endpoint = checkEndpointAgainstBucket(source.endpoint, source.bucket)
    if (!endpoint.ok) addProblem(context, endpoint.error, ['endpoint'])
    return { ...source, region: region.ok ? region.value : source.region }
  })

export const createMigrationSchema = z
  .strictObject({
    source: migrationSourceSchema,
    destination: z.strictObject({ id: z.uuid(), prefix: ruled(checkDestinationPrefix) }),
    options: z.strictObject({ existing: z.enum(existingPolicies) }).default({ existing: 'replace-different' }),
  })
  .transform(({ source, destination, options }) => ({
    source,
    options,
    destination: { id: destination.id, prefix: destinationFolder(destination.prefix, source.target) },
  }))
export type CreateMigration = z.output<typeof createMigrationSchema>
export type CreateMigrationInput = z.input<typeof createMigrationSchema>
