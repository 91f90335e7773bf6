import type {
  CreateMultipartUploadCommand,
  GetObjectCommandOutput,
  HeadObjectCommandOutput,
  PutObjectCommand,
  PutObjectCommandInput,
} from '@aws-sdk/client-s3'

export type KeptHeaders = Pick<
  PutObjectCommandInput,
  'ContentType' | 'CacheControl' | 'ContentDisposition' | 'ContentEncoding' | 'ContentLanguage' | 'Metadata'
>

/**
 * What rclone keeps of an object with `--metadata`, and adds: `mtime` (the metadata's own, else when the source was
 * written, in seconds) and `btime` (when the source was written). For commands made fit by `sendAsUtf8`.
 */
export function keptHeaders(head: GetObjectCommandOutput | HeadObjectCommandOutput): KeptHeaders {
  const metadata = { ...writtenAt(head.LastModified), ...head.Metadata, ...btimeOf(head.LastModified) }
  return {
    ContentType: readUtf8(head.ContentType),
    CacheControl: readUtf8(head.CacheControl),
    ContentDisposition: readUtf8(head.ContentDisposition),
    ContentLanguage: readUtf8(head.ContentLanguage),
    ContentEncoding: withoutAwsChunked(head.ContentEncoding),
    Metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, readUtf8(value) ?? ''])),
  }
}

const writtenAt = (date: Date | undefined) => (date === undefined ? {} : { mtime: String(date.getTime() / 1000) })
const btimeOf = (date: Date | undefined) =>
  date === undefined ? {} : { btime: date.toISOString().replace('.000Z', 'Z') }

/** How a body was once sent, which some stores take for a property of the object. */
function withoutAwsChunked(encoding: string | undefined): string | undefined {
  const kept = encoding?.split(',').filter((name) => name.trim() !== 'aws-chunked')
  return kept === undefined || kept.length === 0 ? undefined : kept.join(',').trim()
}

/** Node takes headers for Latin-1. What is no UTF-8 stays as Node has read it. */
function readUtf8(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const read = Buffer.from(value, 'latin1').toString('utf8')
  return read.includes('\ufffd') ? value : read
}

/** Stores hash the UTF-8 bytes of a header; Node sends Latin-1. So headers are put into Node's form after signing. */
export function sendAsUtf8<T extends PutObjectCommand | CreateMultipartUploadCommand>(command: T): T {
  const stack = command.middlewareStack as PutObjectCommand['middlewareStack']
  stack.add(
    (next) => async (args) => {
      const { headers } = args.request as { headers: Record<string, string> }
      for (const [name, value] of Object.entries(headers)) headers[name] = Buffer.from(value).toString('latin1')
      return await next(args)
    },
    { name: 'sendAsUtf8', step: 'deserialize', priority: 'low' },
  )
  return command
}
