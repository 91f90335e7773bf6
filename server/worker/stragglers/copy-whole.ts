import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import type { Readable } from 'node:stream'
import { md5OfEtag, requireSameDigest } from './digest-rules.ts'
import { keptHeaders, sendAsUtf8 } from './kept-headers.ts'
import type { ObjectCopy } from './object-copy.ts'
import { passOn } from './pass-on.ts'
import { at, requireUnchanged } from './store-error.ts'

/** One GET, passed on as one PUT of the same bytes, type and metadata. Throws `StoreError` and its siblings. */
export async function copyWhole(copy: ObjectCopy): Promise<void> {
  const { source, destination } = copy.ends
  const get = new GetObjectCommand({ Bucket: source.bucket, Key: copy.sourceKey })
  const got = await at('source', source.client.send(get, { abortSignal: copy.signal }))
  const body = got.Body as Readable
  if (got.ContentLength !== copy.bytes) body.destroy()
  requireUnchanged(copy.bytes, got.ContentLength)
  const promised = copy.isEtagOpaque ? null : md5OfEtag(got)
  const put = {
    Bucket: destination.bucket,
    Key: copy.destinationKey,
    ContentLength: copy.bytes,
    // The destination then refuses what the source did not mean to send.
    ContentMD5: promised?.toString('base64'),
    ...keptHeaders(got),
  }
  const { answer, md5 } = await passOn(body, copy, (Body, options) =>
    at('destination', destination.client.send(sendAsUtf8(new PutObjectCommand({ ...put, Body })), options)),
  )
  requireSameDigest(answer, md5.toString('hex'))
}
