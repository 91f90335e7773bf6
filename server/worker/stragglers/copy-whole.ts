import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import type { Readable } from 'node:stream'
import { md5OfEtag, requireSameDigest } from './digest-rules.ts'
import { keptHeaders, sendAsUtf8 } from './kept-headers.ts'
import { type AbsenceCondition, requireAbsent, sendWhereAbsent } from './never-overwrite.ts'
import type { ObjectCopy } from './object-copy.ts'
import { passOn } from './pass-on.ts'
import { at, requireUnchanged, StoreError } from './store-error.ts'

/** What the destination is to hold a PUT against. */
interface Promises extends AbsenceCondition {
  /** The source's, where it looks like one. */
  readonly withMd5: boolean
}

/**
 * One GET, passed on as one PUT of the same bytes, type and metadata. Throws `StoreError` and its siblings, and
 * `AlreadyThereError`.
 */
export async function copyWhole(copy: ObjectCopy): Promise<void> {
  await requireAbsent(copy)
  await sendWhereAbsent(copy.existing, async (condition) => {
    try {
      await passWhole(copy, { ...condition, withMd5: !copy.isEtagOpaque })
    } catch (error) {
      // Of one object among many its ETag may be no MD5, unannounced. Of the bytes sent the MD5 is known all the same.
      if (!(error instanceof StoreError) || error.code !== 'BadDigest') throw error
      await passWhole(copy, { ...condition, withMd5: false })
    }
  })
}

async function passWhole(copy: ObjectCopy, { withMd5, ...condition }: Promises): Promise<void> {
  const { source, destination } = copy.ends
  const get = new GetObjectCommand({ Bucket: source.bucket, Key: copy.sourceKey })
  const got = await at('source', source.client.send(get, { abortSignal: copy.signal }))
  const body = got.Body as Readable
  if (got.ContentLength !== copy.bytes) body.destroy()
  requireUnchanged(copy.bytes, got.ContentLength)
  const promised = withMd5 ? md5OfEtag(got) : null
  const put = {
    Bucket: destination.bucket,
    Key: copy.destinationKey,
    ContentLength: copy.bytes,
    // The destination then refuses what the source did not mean to send.
    ContentMD5: promised?.toString('base64'),
    ...condition,
    ...keptHeaders(got),
  }
  const { answer, md5 } = await passOn(body, copy, (Body, options) =>
    at('destination', destination.client.send(sendAsUtf8(new PutObjectCommand({ ...put, Body })), options)),
  )
  requireSameDigest(answer, md5.toString('hex'))
}
