import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const projectRoot = resolve(import.meta.dirname, '../..')
const startDeadlineMs = 15_000
const stopGraceMs = 3_000

export interface S3EndpointOptions {
  /** Path of the rclone binary; by default the one that set-up recorded (see `findRclonePath`). */
  readonly rclonePath?: string
  /** Buckets that exist from the start; the key may create others with CreateBucket. */
  readonly buckets: readonly string[]
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Fixed port, to start "the same" endpoint again after a stop; a free one by default. */
  readonly port?: number
  /** Data of an earlier endpoint to serve again; a new temporary folder by default. */
  readonly dataDir?: string
}

export interface S3Endpoint {
  /** `http://127.0.0.1:PORT`, path-style addressing, any region. */
  readonly endpoint: string
  readonly port: number
  /**
   * Objects are plain files: `dataDir/bucket/key`. Seed it before the first request: the server caches a
   * folder that it has listed for five minutes. (Not switched off: it made 5,000 uploads quadratic, > 10 min.)
   */
  readonly dataDir: string
  /** Process id, for memory measurements. */
  readonly pid: number
  /** Ends the server, and removes `dataDir` unless the caller brought it. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Finds the rclone binary for tests: `.cache/runtime.json` (`rclone.path`, written by set-up), else
 * the environment variable RCLONE_PATH.
 *
 * @throws Error when neither names an existing file: a test must never fall back to another rclone silently.
 */
export function findRclonePath(): string {
  const runtimeFile = join(projectRoot, '.cache', 'runtime.json')
  const candidates: string[] = []
  if (existsSync(runtimeFile)) {
    const runtime = JSON.parse(readFileSync(runtimeFile, 'utf8')) as { rclone?: { path?: string } }
    if (runtime.rclone?.path !== undefined) candidates.push(resolve(projectRoot, runtime.rclone.path))
  }
  if (process.env['RCLONE_PATH']) candidates.push(process.env['RCLONE_PATH'])
  const found = candidates.find((path) => existsSync(path))
  if (found === undefined) {
    throw new Error('No rclone for tests: run the set-up (it writes .cache/runtime.json) or set RCLONE_PATH.')
  }
  return found
}

/**
 * Starts a real S3 server (`rclone serve s3`) on a free loopback port, that knows exactly one key.
 *
 * It checks signatures (InvalidAccessKeyId, SignatureDoesNotMatch), but not the signing region; it
 * refuses keys with `//`, a leading `/`, `.` and `..` segments with 400 and stores `folder/` as
 * `folder`; user metadata lives until the server stops. Two accounts are two endpoints.
 * The key goes by environment variable: argv is readable by every user of the machine. Neither part
 * may hold a comma (a limit of rclone's own `--auth-key`).
 */
export async function startS3Endpoint(options: S3EndpointOptions): Promise<S3Endpoint> {
  const rclonePath = options.rclonePath ?? findRclonePath()
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 's3-endpoint-')))
  for (const bucket of options.buckets) await mkdir(join(dataDir, bucket), { recursive: true })

  const child = spawn(
    rclonePath,
    [
      'serve', 's3',
      '--config', '/dev/null',
      '--addr', `127.0.0.1:${String(options.port ?? 0)}`,
      '--use-json-log', '--log-level', 'NOTICE',
      dataDir,
    ],
    {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: dataDir,
        RCLONE_AUTH_KEY: toCsvField(`${options.accessKeyId},${options.secretAccessKey}`),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const killWithRunner = (): void => void child.kill('SIGKILL')
  process.once('exit', killWithRunner)

  const exited = new Promise<void>((done) => child.once('close', () => done()))
  let stopping: Promise<void> | undefined
  const stopOnce = async (): Promise<void> => {
    process.removeListener('exit', killWithRunner)
    await endProcess(child, exited)
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
  }
  const stop = (): Promise<void> => (stopping ??= stopOnce())

  try {
    const port = await listeningPort(child, options.secretAccessKey)
    return { endpoint: `http://127.0.0.1:${String(port)}`, port, dataDir, pid: child.pid ?? 0, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** rclone reads the variable as one CSV line; unquoted, the comma would split the pair. */
function toCsvField(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function listeningPort(child: ChildProcess, secret: string): Promise<number> {
  return new Promise((resolvePort, reject) => {
    let output = ''
    const fail = (reason: string): void => {
      clearTimeout(deadline)
      reject(new Error(`rclone serve s3 ${reason}: ${output.replaceAll(secret, '[secret]').slice(-2_000)}`))
    }
    const deadline = setTimeout(() => fail('did not start in time'), startDeadlineMs)
    child.once('error', (error) => fail(`could not be run (${error.message})`))
    child.once('close', (code) => fail(`ended at once (exit ${String(code)})`))
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      // Kept short: the stream must be drained for the server's whole life.
      output = (output + chunk).slice(-20_000)
      const port = /Starting s3 server on \[http:\/\/127\.0\.0\.1:(\d+)\//.exec(output)?.[1]
      if (port === undefined) return
      clearTimeout(deadline)
      resolvePort(Number(port))
    })
  })
}

async function endProcess(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.pid === undefined) return
  child.kill('SIGTERM')
  const forced = setTimeout(() => child.kill('SIGKILL'), stopGraceMs)
  await exited
  clearTimeout(forced)
}
