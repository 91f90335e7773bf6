import { request } from 'node:http'
import { z } from 'zod'
import { err, ok, type Result } from '#shared/domain/result.ts'

export interface RcAccess {
  readonly socketPath: string
  readonly user: string
  readonly password: string
}

export interface RcFailure {
  /** `refused`: rclone answered with an error. `no-answer`: process gone or time over. `not-understood`: other shape. */
  readonly kind: 'refused' | 'no-answer' | 'not-understood'
  /** HTTP status of a refusal. */
  readonly status?: number
  /** rclone's `.error` only: its error answers echo the request's input, both secrets in clear. */
  readonly message: string
}

/** The few remote-control commands a copy needs. Answers are parsed; expected failures are values. */
export interface RcloneRcClient {
  /** Whether the process is up and takes our password. */
  noop(): Promise<Result<null, RcFailure>>
  /** Starts `sync/copy` or `operations/copyfile` as a job of `group`; gives the job's number. */
  startJob(command: RcJobCommand, group: string, input: object): Promise<Result<number, RcFailure>>
  jobStatus(jobId: number): Promise<Result<RcJobStatus, RcFailure>>
  stopJob(jobId: number): Promise<Result<null, RcFailure>>
  stats(group: string): Promise<Result<RcStats, RcFailure>>
  /** Cap of the whole process in bytes of payload per second; null lifts it. */
  setCap(bytesPerSecond: number | null): Promise<Result<null, RcFailure>>
}

export type RcJobCommand = 'sync/copy' | 'operations/copyfile'

const jobStatusSchema = z.object({ finished: z.boolean(), success: z.boolean(), error: z.string() })
export type RcJobStatus = z.infer<typeof jobStatusSchema>

const statsSchema = z.object({
  bytes: z.number(),
  transfers: z.number(),
  checks: z.number(),
  errors: z.number(),
  /** Listed entries, folders included; absent before rclone 1.70. */
  listed: z.number().default(0),
  lastError: z.string().optional(),
})
export type RcStats = z.infer<typeof statsSchema>

const jobStartedSchema = z.object({ jobid: z.number().int() })
const ignoredSchema = z.unknown().transform(() => null)
const errorSchema = z.object({ error: z.string() })

const callTimeoutMs = 10_000
/** The largest known answer (job status) is some kilobytes; more is a bug, and must not fill the memory. */
const maxAnswerBytes = 4 * 1024 * 1024

export function createRcloneRcClient(access: RcAccess): RcloneRcClient {
  const call = <T>(command: string, input: object, schema: z.ZodType<T>): Promise<Result<T, RcFailure>> =>
    callRc(access, command, input, schema)
  return {
    noop: () => call('rc/noop', {}, ignoredSchema),
    async startJob(command, group, input) {
      const started = await call(command, { ...input, _async: true, _group: group }, jobStartedSchema)
      return started.ok ? ok(started.value.jobid) : started
    },
    jobStatus: (jobId) => call('job/status', { jobid: jobId }, jobStatusSchema),
    stopJob: (jobId) => call('job/stop', { jobid: jobId }, ignoredSchema),
    stats: (group) => call('core/stats', { group }, statsSchema),
    setCap: (bytesPerSecond) => call('core/bwlimit', { rate: toRcloneRate(bytesPerSecond) }, ignoredSchema),
  }
}

/** rclone's notation of a rate. The `B` matters: a bare number means KiB. */
export function toRcloneRate(bytesPerSecond: number | null): string {
  return bytesPerSecond === null ? 'off' : `${Math.max(1, Math.round(bytesPerSecond))}B`
}

async function callRc<T>(
  access: RcAccess,
  command: string,
  input: object,
  schema: z.ZodType<T>,
): Promise<Result<T, RcFailure>> {
  const answer = await post(access, command, JSON.stringify(input))
  if (!answer.ok) return answer
  const { status, body } = answer.value
  const json = parseJson(body)
  if (status !== 200) {
    const refusal = errorSchema.safeParse(json)
    return err({ kind: 'refused', status, message: refusal.success ? refusal.data.error : `HTTP ${status}` })
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  // The issues name fields and types only, never values.
  return err({ kind: 'not-understood', message: `${command}: ${z.prettifyError(parsed.error)}` })
}

function post(
  access: RcAccess,
  command: string,
  body: string,
): Promise<Result<{ readonly status: number; readonly body: string }, RcFailure>> {
  return new Promise((resolve) => {
    const fail = (message: string): void => resolve(err({ kind: 'no-answer', message: `${command}: ${message}` }))
    const outgoing = request(
      {
        socketPath: access.socketPath,
        path: `/${command}`,
        method: 'POST',
        auth: `${access.user}:${access.password}`,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        // One connection a call: an idle one would hold the process's graceful end.
        agent: false,
        signal: AbortSignal.timeout(callTimeoutMs),
      },
      (incoming) => {
        const chunks: Buffer[] = []
        let size = 0
        incoming.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > maxAnswerBytes) incoming.destroy(new Error('answer too large'))
          else chunks.push(chunk)
        })
        incoming.on('error', (error) => fail(error.message))
        incoming.on('end', () =>
          resolve(ok({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') })),
        )
      },
    )
    outgoing.on('error', (error) => fail(error.message))
    outgoing.end(body)
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
