import { HeadObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import type { CopyRun } from '../copy-run.ts'
import { explainListingFailure } from '../inventory/listing-failure-rules.ts'
import { connectS3 } from '../inventory/s3-connection.ts'
import { pause } from '../pause.ts'
import type { CopyFailure, CopySide } from '../rclone/rclone-failure-rules.ts'

/** What a probe needs of a job. */
export type ProbedRun = Pick<CopyRun, 'job' | 'sides' | 'sourceGuard' | 'stopSwitch'>
type End = 'source' | 'destination'
/** True when a store has answered. Throws the SDK's errors. */
type Question = (client: S3Client, bucket: string, abortSignal: AbortSignal) => Promise<boolean>

/**
 * Asks an end by one small request over a new connection; both of them when `side` is neither. Null when it answers,
 * whatever it holds, and when the job is stopped meanwhile. What is not permanent is `throttled` or `unreachable`.
 */
export async function probeEnd(run: ProbedRun, side: CopySide, timeoutMs: number): Promise<CopyFailure | null> {
  if (side !== 'worker') return await probe(run, side, timeoutMs)
  const failures = await Promise.all([probe(run, 'source', timeoutMs), probe(run, 'destination', timeoutMs)])
  // What will not pass needs no waiting for the other end.
  return failures.find((failure) => failure?.permanent === true) ?? failures.find((failure) => failure !== null) ?? null
}

async function probe(
  { job, sides, sourceGuard, stopSwitch }: ProbedRun,
  side: End,
  timeoutMs: number,
): Promise<CopyFailure | null> {
  // Once: what the store says now is what counts.
  const client = connectS3(sides[side], side === 'source' ? sourceGuard.lookup : undefined, 1)
  const over = new AbortController()
  const signal = AbortSignal.any([stopSwitch.signal, over.signal])
  const late = pause(timeoutMs, signal).then(() =>
    unreachable(side, `${side}: no answer within ${String(timeoutMs / 1_000)} s`),
  )
  const ask = side === 'source' ? sourceQuestion(job.source.target) : lists(job.destination.prefix)
  const answer = ask(client, sides[side].bucket, signal).then(
    (isStore) => (isStore ? null : unreachable(side, `${side}: it does not answer like an S3 store`)),
    (error: unknown) => failureOf(error, side),
  )
  const failure = await Promise.race([answer, late])
  over.abort()
  client.destroy()
  return stopSwitch.signal.aborted ? null : failure
}

function sourceQuestion(target: SourceTarget): Question {
  // A key may be good for one object only.
  return target.kind === 'object' ? describes(target.key) : lists(target.kind === 'folder' ? target.prefix : '')
}

function lists(prefix: string): Question {
  return async (client, bucket, abortSignal) => {
    const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1 })
    const { Name, IsTruncated, KeyCount, Contents } = await client.send(command, { abortSignal })
    // A page that says "back soon" with status 200 parses to nothing.
    return [Name, IsTruncated, KeyCount, Contents].some((field) => field !== undefined)
  }
}

function describes(key: string): Question {
  return async (client, bucket, abortSignal) => {
    try {
      await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal })
    } catch (error) {
      if ((error as { name?: unknown }).name !== 'NotFound') throw error
    }
    return true
  }
}

function failureOf(error: unknown, side: End): CopyFailure {
  const failure = explainListingFailure(error, side)
  const isNamed = failure.permanent || failure.code === 'throttled'
  return isNamed ? { ...failure, exitCode: 1 } : unreachable(side, failure.message)
}

const unreachable = (side: End, message: string): CopyFailure => ({
  code: 'unreachable',
  side,
  permanent: false,
  exitCode: 1,
  message,
})
