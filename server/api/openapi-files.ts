import { comparisons, objectOutcomes, objectReasons } from '#shared/domain/object-outcome.ts'
import { REPORT_VERSION } from '../report/report-rendering.ts'

const text = { type: 'string' }
const nullableOf = (values: readonly string[]) => ({ enum: [...values, null] })

/** What a file's answer says of itself, in the words of OpenAPI 3.1. */
export const fileHeaders = {
  'Content-Disposition': { description: 'A name to save the file under.', schema: text },
  'Content-Length': { description: 'Of the whole file, in bytes.', schema: { type: 'integer' } },
  'Repr-Digest': {
    description: 'SHA-256 of the file (RFC 9530), the same as in the migration’s `report`.',
    schema: text,
  },
}

const csvDescription = [
  'RFC 4180 in UTF-8 with a byte order mark; one line per source object after the header',
  '`source_key,destination_key,size_bytes,outcome,compared_by,reason,detail`.',
  'Text that a spreadsheet could take for a formula, or that begins with an apostrophe, has an apostrophe in front:',
  'take one off to have it exactly.',
].join(' ')

/** The report by its content types; written by `server/report`. */
export const reportFiles = {
  'text/csv': {
    schema: {
      ...text,
      description: csvDescription,
    },
  },
  'application/json': {
    schema: {
      type: 'object',
      required: ['format', 'version', 'rows'],
      properties: {
        format: { const: 'carolina-migrate-report' },
        version: { const: REPORT_VERSION },
        rows: {
          type: 'array',
          description: 'One per source object.',
          items: {
            type: 'object',
            required: ['sourceKey', 'destinationKey', 'sizeBytes', 'outcome', 'comparedBy', 'reason', 'detail'],
            properties: {
              sourceKey: text,
              destinationKey: text,
              sizeBytes: { type: 'integer' },
              outcome: { enum: objectOutcomes },
              comparedBy: nullableOf(comparisons),
              reason: nullableOf(objectReasons),
              detail: text,
            },
          },
        },
      },
    },
  },
}
