import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import type { Readable } from 'node:stream'
import { MIB } from '#shared/domain/units.ts'
import { forEachLimited } from '../inventory/for-each-limited.ts'
import { bareEtag, etagOfParts, md5OfEtag, requireSameDigest } from './digest-rules.ts'
import { keptHeaders, sendAsUtf8 } from './kept-headers.ts'
import { AlreadyThereError, requireAbsent, sendWhereAbsent } from './never-overwrite.ts'
import type { ObjectCopy } from './object-copy.ts'
import { passOn } from './pass-on.ts'
import { at, requireUnchanged, SourceChangedError, StoreError } from './store-error.ts'
import { tryAgain } from './try-again.ts'

const MAX_PARTS = 10_000
const MIN_PART_BYTES = 32 * MIB
const PARTS_AT_ONCE = 4
/** For what must still be said to the destination after a stop. */
const GRACE_MS = 5_000

interface Part {
  readonly number: number
  readonly start: number
  readonly bytes: number
}

interface SentPart {
  readonly ETag: string | undefined
  readonly PartNumber: number
  readonly md5: Buffer
}

/** An upload that has been begun, and so is to be completed or aborted. */
interface Upload extends ObjectCopy {
  readonly target: { readonly Bucket: string; readonly Key: string; readonly UploadId: string | undefined }
  readonly head: HeadObjectCommandOutput
}

/**
 * By ranged GETs, each passed on as one part; nothing is kept in memory but what is on its way. The source is held
 * to the ETag that it had at the start. Throws `StoreError` and its siblings, and `AlreadyThereError`; the upload is then
 * aborted.
 */
export async function copyInParts(copy: ObjectCopy): Promise<void> {
  const upload = await beginUpload(copy)
  try {
    const sent = await sendParts(upload)
    // A part that was being read when the source was written is of the version before.
    await requireSameVersion(upload)
    await requireAbsent(upload)
    await completeUpload(upload, sent)
  } catch (error) {
    await abortUpload(upload)
    throw error
  }
}

/** Equal parts but for the last (some stores insist), at most 10,000. */
export function partsOf(bytes: number): readonly Part[] {
  const partBytes = Math.max(MIN_PART_BYTES, Math.ceil(bytes / MAX_PARTS / MIB) * MIB)
  return Array.from({ length: Math.ceil(bytes / partBytes) }, (_part, index) => {
    const start = index * partBytes
    return { number: index + 1, start, bytes: Math.min(partBytes, bytes - start) }
  })
}

async function beginUpload(copy: ObjectCopy): Promise<Upload> {
  const { destination } = copy.ends
  const head = await lookUpSource(copy)
  requireUnchanged(copy.bytes, head.ContentLength)
  const place = { Bucket: destination.bucket, Key: copy.destinationKey }
  const kept = keptHeaders(head)
  const md5 = copy.isEtagOpaque ? null : md5OfEtag(head)
  // As rclone does: an upload in parts has no MD5 of its own to be compared by.
  const md5chksum = md5 === null ? {} : { md5chksum: md5.toString('base64') }
  const create = new CreateMultipartUploadCommand({ ...place, ...kept, Metadata: { ...kept.Metadata, ...md5chksum } })
  await requireAbsent(copy)
  // Not stopped in mid-air: an upload whose id has not arrived can never be aborted.
  const options = { abortSignal: later(copy.signal, GRACE_MS) }
  const { UploadId } = await at('destination', destination.client.send(sendAsUtf8(create), options))
  return { ...copy, head, target: { ...place, UploadId } }
}

function lookUpSource({ ends: { source }, sourceKey, signal }: ObjectCopy): Promise<HeadObjectCommandOutput> {
  const lookUp = new HeadObjectCommand({ Bucket: source.bucket, Key: sourceKey })
  return at('source', source.client.send(lookUp, { abortSignal: signal }))
}

async function requireSameVersion(upload: Upload): Promise<void> {
  const { ETag } = await lookUpSource(upload)
  if (ETag !== upload.head.ETag) throw new SourceChangedError('the source was written while it was being copied')
}

async function sendParts(upload: Upload): Promise<readonly SentPart[]> {
  const sent: SentPart[] = []
  // One part that fails for good ends those under way as well.
  const ending = new AbortController()
  const signal = AbortSignal.any([upload.signal, ending.signal])
  await forEachLimited(partsOf(upload.bytes), PARTS_AT_ONCE, async (part) => {
    try {
      sent[part.number - 1] = await tryAgain(() => sendPart({ ...upload, signal }, part), signal)
      upload.onBytes(part.bytes)
    } catch (error) {
      ending.abort()
      throw error
    }
  })
  return sent
}

async function sendPart(upload: Upload, { number, start, bytes }: Part): Promise<SentPart> {
  const { source, destination } = upload.ends
  const get = new GetObjectCommand({
    Bucket: source.bucket,
    Key: upload.sourceKey,
    Range: `bytes=${start}-${start + bytes - 1}`,
    IfMatch: upload.head.ETag,
  })
  const got = await at('source', source.client.send(get, { abortSignal: upload.signal }))
  const body = got.Body as Readable
  if (got.ContentLength !== bytes || got.ETag !== upload.head.ETag) {
    body.destroy()
    throw new SourceChangedError('the source changed, or gave another range than was asked for')
  }
  const part = { ...upload.target, PartNumber: number, ContentLength: bytes }
  const { answer, md5 } = await passOn(body, upload, (Body, options) =>
    at('destination', destination.client.send(new UploadPartCommand({ ...part, Body }), options)),
  )
  requireSameDigest(answer, md5.toString('hex'))
  return { ETag: answer.ETag, PartNumber: number, md5 }
}

async function completeUpload(upload: Upload, sent: readonly SentPart[]): Promise<void> {
  const { target, signal, bytes } = upload
  const { client } = upload.ends.destination
  const Parts = sent.map(({ ETag, PartNumber }) => ({ ETag, PartNumber }))
  const expected = etagOfParts(sent.map(({ md5 }) => md5))
  try {
    const answer = await sendWhereAbsent(upload.existing, (condition) => {
      const complete = new CompleteMultipartUploadCommand({ ...target, ...condition, MultipartUpload: { Parts } })
      return at('destination', client.send(complete, { abortSignal: signal }))
    })
    requireSameDigest(answer, expected)
  } catch (error) {
    const mayBeDone = error instanceof StoreError || error instanceof AlreadyThereError
    if (!mayBeDone || signal.aborted) throw error
    // The answer to an upload that was completed may get lost; the next try then finds no upload any more, or the object.
    const { Bucket, Key } = target
    const head = await client.send(new HeadObjectCommand({ Bucket, Key }), { abortSignal: signal }).catch(() => null)
    if (head?.ContentLength !== bytes || bareEtag(head) !== expected) throw error
  }
}

/** Parts of an upload that is never ended are kept, and paid for, for ever. Also after a stop. */
async function abortUpload({ ends, target }: Upload): Promise<void> {
  const options = { abortSignal: AbortSignal.timeout(GRACE_MS) }
  // Nobody is left to tell: what failed before is what counts.
  await ends.destination.client.send(new AbortMultipartUploadCommand(target), options).catch(() => undefined)
}

/** Aborts `ms` after the signal does. */
function later(signal: AbortSignal, ms: number): AbortSignal {
  const controller = new AbortController()
  const abortLater = (): void => void setTimeout(() => controller.abort(), ms).unref()
  if (signal.aborted) abortLater()
  else signal.addEventListener('abort', abortLater, { once: true })
  return controller.signal
}
