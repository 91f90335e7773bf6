import type { S3Failure } from './source-s3.ts'

/** The raw answer behind a call of the SDK. */
export interface LastAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly beginning: string
}

const MAX_MESSAGE = 500
/** Longer than any region's name. */
const MAX_REGION = 64
/** Names the SDK makes up when the answer held no `<Code>`. */
const inventedNames: ReadonlySet<string> = new Set([
  'Error',
  'UnknownError',
  'Unknown',
  'NotFound',
  'SyntaxError',
  'TypeError',
  'RangeError',
  'TimeoutError',
  'AbortError',
  'AnswerTooLongError',
])

/** Collects the facts of a failed call. `error` null: the call "succeeded" with what is no S3 answer. */
export function toS3Failure(error: unknown, answer: LastAnswer | null): S3Failure {
  const fields = error instanceof Error ? (error as unknown as Readonly<Record<string, unknown>>) : {}
  const name = textOf(fields['Code']) || (answer === null ? '' : textOf(fields['name']))
  const region = answer?.headers['x-amz-bucket-region'] ?? (textOf(fields['Region']) || regionIn(fields))
  const date = Date.parse(answer?.headers['date'] ?? '')
  return {
    s3Code: inventedNames.has(name) ? '' : name,
    message: textOf(fields['message']).slice(0, MAX_MESSAGE),
    httpStatus: answer?.statusCode ?? null,
    contentType: answer?.headers['content-type'] ?? '',
    beginning: answer?.beginning ?? '',
    bucketRegion: region !== null && region.length <= MAX_REGION ? region : null,
    serverTime: Number.isNaN(date) ? null : date,
    networkCode: answer === null ? networkCodeOf(error) : '',
  }
}

/** `… the region 'us-east-1' is wrong; expecting 'eu-west-1'`, or the redirect's `<Endpoint>`. */
function regionIn(fields: Readonly<Record<string, unknown>>): string | null {
  const expected = /expecting '([a-z0-9-]+)'/.exec(textOf(fields['message']))?.[1]
  return expected ?? /(?:^|\.)s3[.-]([a-z0-9-]+)\.amazonaws\.com/.exec(textOf(fields['Endpoint']))?.[1] ?? null
}

function networkCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const code = textOf((error as unknown as Readonly<Record<string, unknown>>)['code'])
  if (code !== '') return code
  // Several addresses were tried: the reason of the first one stands for all.
  if (error instanceof AggregateError) return networkCodeOf(error.errors[0])
  if (error.cause !== undefined) return networkCodeOf(error.cause)
  return error.name === 'TimeoutError' ? 'ETIMEDOUT' : error.name
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
