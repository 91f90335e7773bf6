import { AsyncLocalStorage } from 'node:async_hooks'
import { Readable } from 'node:stream'
import {
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { s3DialectFor } from '#shared/domain/s3-dialect-rules.ts'
import { limitAnswer } from './answer-limit.ts'
import { parseListing } from './listing-parser.ts'
import type { SourceConnection } from './source-connection.ts'
import type { ListRequest, ObjectDescription, S3Failure, SourceS3 } from './source-s3.ts'
import { type LastAnswer, toS3Failure } from './s3-failure-parser.ts'

const CONNECT_TIMEOUT_MS = 5_000
/** For what is worth knowing but not worth waiting for. */
const HELP_TIMEOUT_MS = 3_000
const NAME_CHARACTERS = 100
const BEGINNING_CHARACTERS = 1_000

/** Talks to the source with the AWS SDK. `signal` ends whatever is under way. */
export function createAwsSourceS3(source: SourceConnection, signal: AbortSignal): SourceS3 {
  const client = createClient(source)
  const attempt = createAttempts(client)
  const options = { abortSignal: signal }
  const helpOptions = () => ({ abortSignal: AbortSignal.any([signal, AbortSignal.timeout(HELP_TIMEOUT_MS)]) })
  const place = ({ key }: { readonly key: string }) => ({ Bucket: source.bucket, Key: key })
  return {
    list: (request) =>
      attempt(
        () => client.send(new ListObjectsV2Command({ Bucket: source.bucket, ...listInput(request) }), options),
        (page) => parseListing(page, request.maxKeys),
      ),
    readFirstByte: (object) => {
      const range = object.bytes > 0 ? { Range: 'bytes=0-0' } : {}
      // The answer's head says it all. A store that ignores the range would send everything: `close` cuts it off.
      return attempt(() => client.send(new GetObjectCommand({ ...place(object), ...range }), options), () => true)
    },
    describe: (object) =>
      attempt(() => client.send(new HeadObjectCommand(place(object)), helpOptions()), toDescription),
    readTagNames: (object) =>
      attempt(
        () => client.send(new GetObjectTaggingCommand(place(object)), helpOptions()),
        // A web page answering 200 has no tag set at all.
        ({ TagSet }) => TagSet?.map(({ Key }) => shortName(Key ?? '')) ?? null,
      ),
    close: () => client.destroy(),
  }
}

/**
 * One request at a time or many, each with the answer it got. `parse` gives null for what is no S3 answer although
 * it came as a success.
 */
function createAttempts(client: S3Client) {
  const answers = new AsyncLocalStorage<{ last: LastAnswer | null }>()
  // The SDK's errors lose the answer's headers; they tell region, clock and kind of server. The body of a web page is lost likewise.
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const response = result.response as Omit<LastAnswer, 'beginning'> & { body?: unknown }
      const { statusCode, headers } = response
      const last = { statusCode, headers, beginning: '' }
      const slot = answers.getStore()
      if (slot !== undefined) slot.last = last
      const keepBeginning = (chunk: Buffer): void => {
        if (statusCode < 400) return
        last.beginning += chunk.toString('latin1', 0, BEGINNING_CHARACTERS - last.beginning.length)
      }
      if (response.body instanceof Readable) response.body = limitAnswer(response.body, keepBeginning)
      return result
    },
    // Low priority is nearest to the wire, before the answer is taken apart.
    { name: 'keepLastAnswer', step: 'deserialize', priority: 'low' },
  )
  return <Output, T>(send: () => Promise<Output>, parse: (output: Output) => T | null): Promise<Result<T, S3Failure>> => {
    const slot: { last: LastAnswer | null } = { last: null }
    return answers.run(slot, async () => {
      try {
        const parsed = parse(await send())
        return parsed === null ? err(toS3Failure(null, slot.last)) : ok(parsed)
      } catch (error) {
        return err(toS3Failure(error, slot.last))
      }
    })
  }
}

function listInput({ prefix, maxKeys, isByFolder, after, isRestoreAsked }: ListRequest) {
  return {
    Prefix: prefix,
    MaxKeys: maxKeys,
    // Keys may hold characters that XML cannot carry.
    EncodingType: 'url' as const,
    ...(isByFolder === undefined ? {} : { Delimiter: '/' }),
    ...(after === undefined ? {} : { ContinuationToken: after }),
    ...(isRestoreAsked === undefined ? {} : { OptionalObjectAttributes: ['RestoreStatus' as const] }),
  }
}

/** Only what a copy carries along. */
function toDescription(head: HeadObjectCommandOutput): ObjectDescription {
  const headers = {
    'Content-Type': head.ContentType,
    'Cache-Control': head.CacheControl,
    'Content-Disposition': head.ContentDisposition,
    'Content-Encoding': head.ContentEncoding,
    'Content-Language': head.ContentLanguage,
  }
  return {
    headers: Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [name])),
    ownMetadata: Object.keys(head.Metadata ?? {}).map(shortName),
  }
}

const shortName = (name: string): string => name.slice(0, NAME_CHARACTERS)

function createClient({ endpoint, region, accessKeyId, secretAccessKey, bucket }: SourceConnection): S3Client {
  return new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey: secretAccessKey.reveal() },
    forcePathStyle: s3DialectFor(endpoint, bucket).isPathStyle,
    // Trap 9: newer checksums break several stores.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Trap 8: never repeat a refused sign-in.
    maxAttempts: 1,
    followRegionRedirects: false,
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS },
    // Named, so that this machine's AWS files and variables do not change what is asked.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    useArnRegion: false,
    retryMode: 'standard',
  })
}
