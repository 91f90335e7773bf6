import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Child, startChild } from './child-process.ts'
import { makeSubfolder } from './private-file.ts'
import { type Service, startService } from './service.ts'
import { postToUnixSocket } from './unix-json-request.ts'

export interface S3EndpointOptions {
  /** For messages and folder names: `source`, `carolina`. */
  readonly name: string
  readonly rclonePath: string
  /** Data, socket and log go below this folder. */
  readonly privateFolder: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly buckets: readonly string[]
  readonly signal?: AbortSignal | undefined
}

export interface S3Endpoint {
  /** `http://127.0.0.1:PORT`, path style, any region; the same after a restart. */
  readonly endpoint: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Objects are plain files in `dataFolder/bucket/`. What is changed there by hand shows after a restart. */
  readonly dataFolder: string
  readonly service: Service
}

/** `127.0.0.1:PORT` */
type Address = string

/**
 * Starts `rclone serve s3` over a folder, with one key pair. It is started by rclone's remote control over a unix
 * socket in the private folder, so that the pair is in no argv and no environment.
 */
export async function startS3Endpoint(options: S3EndpointOptions): Promise<S3Endpoint> {
  const folder = await makeSubfolder(options.privateFolder, `s3-${options.name}`)
  const dataFolder = await makeSubfolder(folder, 'data')
  for (const bucket of options.buckets) await mkdir(join(dataFolder, bucket), { recursive: true })
  const launch = (before: Address | null): Promise<Child<Address>> => launchServer(options, folder, dataFolder, before ?? '127.0.0.1:0')
  const service = await startService(`S3 endpoint (${options.name})`, launch)
  const { accessKeyId, secretAccessKey } = options
  return { endpoint: `http://${service.ready()}`, accessKeyId, secretAccessKey, dataFolder, service }
}

async function launchServer(
  options: S3EndpointOptions,
  folder: string,
  dataFolder: string,
  addr: Address,
): Promise<Child<Address>> {
  const socketPath = join(folder, 'rc.sock')
  // One that was killed has left it, and rclone does not start over it.
  await rm(socketPath, { force: true })
  const serve = async (): Promise<Address | null> => {
    const isUp = await postToUnixSocket(socketPath, '/rc/noop', {}).then(() => true, () => false)
    if (!isUp) return null
    // No vfsOpt: with DirCacheTime 0 each PUT into a new folder takes seconds (rclone 1.75.2).
    const task = { type: 's3', fs: dataFolder, addr, auth_key: [`${options.accessKeyId},${options.secretAccessKey}`] }
    const answer = await postToUnixSocket(socketPath, '/serve/start', task)
    return (answer as { addr: Address }).addr
  }
  return startChild({
    name: `S3 endpoint (${options.name})`,
    command: options.rclonePath,
    args: [
      ...['rcd', '--rc-addr', `unix://${socketPath}`, '--rc-no-auth', '--config', '/dev/null'],
      ...['--cache-dir', join(folder, 'cache'), '--use-json-log', '--log-level', 'NOTICE'],
    ],
    env: { PATH: '/usr/bin:/bin', HOME: folder },
    logFile: join(folder, 'rclone.log'),
    readiness: { kind: 'probe', probe: serve },
    signal: options.signal,
  })
}
