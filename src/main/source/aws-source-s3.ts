import { GetObjectCommand, ListObjectsV2Command, type ListObjectsV2CommandOutput, S3Client } from '@aws-sdk/client-s3'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { s3DialectFor } from '#shared/domain/s3-dialect-rules.ts'
import type { SourceConnection } from './source-connection.ts'
import type { Listing, S3Failure, SourceS3 } from './source-s3.ts'
import { type LastAnswer, toS3Failure } from './s3-failure-parser.ts'

const CONNECT_TIMEOUT_MS = 5_000

/** Talks to the source with the AWS SDK. `signal` ends whatever is under way. */
export function createAwsSourceS3(source: SourceConnection, signal: AbortSignal): SourceS3 {
  let lastAnswer: LastAnswer | null = null
  const client = createClient(source)
  // The SDK's errors lose the answer's headers; they tell region, clock and kind of server.
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      lastAnswer = result.response as LastAnswer
      return result
    },
    // Low priority is nearest to the wire, before the answer is taken apart.
    { name: 'keepLastAnswer', step: 'deserialize', priority: 'low' },
  )
  const attempt = async <T>(request: () => Promise<T>): Promise<Result<T, S3Failure>> => {
    lastAnswer = null
    try {
      return ok(await request())
    } catch (error) {
      return err(toS3Failure(error, lastAnswer))
    }
  }
  return {
    list: async (prefix, { maxKeys, isByFolder }) => {
      const page = await attempt(() =>
        client.send(
          new ListObjectsV2Command({
            Bucket: source.bucket,
            Prefix: prefix,
            MaxKeys: maxKeys,
            // Keys may hold characters that XML cannot carry.
            EncodingType: 'url',
            ...(isByFolder ? { Delimiter: '/' } : {}),
          }),
          { abortSignal: signal },
        ),
      )
      if (!page.ok) return page
      // Trap 5: the SDK takes a web page answering 200 for an empty listing.
      if (!isListing(page.value)) return err(toS3Failure(null, lastAnswer))
      return ok(toListing(page.value))
    },
    readFirstByte: async ({ key, bytes }) =>
      attempt(async () => {
        const range = bytes > 0 ? { Range: 'bytes=0-0' } : {}
        const command = new GetObjectCommand({ Bucket: source.bucket, Key: key, ...range })
        // The answer's head says it all. A store that ignores the range would send everything: `close` cuts it off.
        await client.send(command, { abortSignal: signal })
        return null
      }),
    close: () => client.destroy(),
  }
}

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

function isListing(page: ListObjectsV2CommandOutput): boolean {
  const { Name, IsTruncated, KeyCount, Contents } = page
  return Name !== undefined || IsTruncated !== undefined || KeyCount !== undefined || Contents !== undefined
}

function toListing(page: ListObjectsV2CommandOutput): Listing {
  const decode = page.EncodingType === 'url' ? decodeKey : (key: string) => key
  return {
    objects: (page.Contents ?? []).flatMap(({ Key, Size, StorageClass }) =>
      Key === undefined ? [] : [{ key: decode(Key), bytes: Size ?? 0, storageClass: StorageClass ?? 'STANDARD' }],
    ),
    folders: (page.CommonPrefixes ?? []).flatMap(({ Prefix }) => (Prefix === undefined ? [] : [decode(Prefix)])),
    isTruncated: page.IsTruncated ?? false,
  }
}

function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    // Not encoded after all, whatever the answer says.
    return key
  }
}
