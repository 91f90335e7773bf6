import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Secret } from '#shared/domain/secret.ts'
import { startDatabase } from './database.ts'
import { createDirectoryCli, type DirectoryCli } from './directory-cli.ts'
import { makeSubfolder, postgresFolderOf, writePrivateFile } from './private-file.ts'
import { runProgram } from './run-program.ts'
import { type S3Endpoint, startS3Endpoint } from './s3-endpoint.ts'
import { commonEnvironment, launchApi, launchWorker, projectRoot, type ServerSettings } from './server-programs.ts'
import { type Service, startService } from './service.ts'

export interface LocalStackOptions {
  /** Made by `makePrivateFolder`; the caller removes it with `removePrivateFolder` after `stop`. */
  readonly privateFolder: string
  readonly nodePath: string
  readonly rclonePath: string
  readonly sourceBuckets: readonly string[]
  readonly carolinaBuckets: readonly string[]
  /** S11. By default the server's own. */
  readonly capBytesPerSecond?: number
  /** Ends a start in the middle: what is up is stopped and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Told of each thing that is up: `API on http://127.0.0.1:40001`. */
  readonly onStep?: (line: string) => void
}

export interface LocalStack {
  readonly apiOrigin: string
  /** Someone else's store, which the migration reads. */
  readonly source: S3Endpoint
  /** Carolina Cloud's store. */
  readonly carolina: S3Endpoint
  readonly directory: DirectoryCli
  readonly api: Service
  readonly worker: Service
  readonly postgres: Service
  /** For clients within this process. */
  readonly databaseUrl: Secret
  /** The key of the destinations' credentials, in base64. */
  readonly credentialsKeyFile: string
  readonly logFolder: string
  /** Ends everything, programs before the database. Safe to call twice. */
  stop(): Promise<void>
}

/** Starts the whole hosted side on this machine: PostgreSQL, API, one worker, and two S3 stores. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { privateFolder, signal, onStep = () => undefined } = options
  const started: Pick<Service, 'stop'>[] = []
  /** In the order of starting; stopped the other way round. */
  const keep = <T extends Pick<Service, 'stop'>>(service: T, line: string): T => {
    started.unshift(service)
    onStep(line)
    signal?.throwIfAborted()
    return service
  }
  const stop = async (): Promise<void> => {
    for (const service of started.splice(0)) await service.stop()
  }
  try {
    return { ...(await startParts(options, privateFolder, keep)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type Keep = <T extends Pick<Service, 'stop'>>(service: T, line: string) => T

async function startParts(options: LocalStackOptions, privateFolder: string, keep: Keep): Promise<Omit<LocalStack, 'stop'>> {
  const { rclonePath, signal } = options
  const database = await startDatabase(postgresFolderOf(privateFolder))
  keep(database.service, `PostgreSQL ${database.version} on 127.0.0.1:${String(database.port)}`)
  const logFolder = await makeSubfolder(privateFolder, 'logs')
  const settings: ServerSettings = {
    nodePath: options.nodePath,
    rclonePath,
    databaseUrlFile: database.urlFile,
    credentialsKeyFile: await writePrivateFile(join(privateFolder, 'credentials.key'), randomBytes(32).toString('base64')),
    logFolder,
    capBytesPerSecond: options.capBytesPerSecond,
    arePrivateSourcesAllowed: true,
    signal,
  }
  await migrateSchema(settings)
  const s3 = (name: string, buckets: readonly string[]): Promise<S3Endpoint> =>
    startS3Endpoint({ name, buckets, rclonePath, privateFolder, ...makeKeyPair(), signal })
  const source = await s3('source', options.sourceBuckets)
  keep(source.service, `S3 store of the source on ${source.endpoint}`)
  const carolina = await s3('carolina', options.carolinaBuckets)
  keep(carolina.service, `Carolina Cloud's S3 store on ${carolina.endpoint}`)
  const api = await startService<number>('API', (port) => launchApi(settings, port ?? 0))
  const apiOrigin = `http://127.0.0.1:${String(api.ready())}`
  keep(api, `API on ${apiOrigin}`)
  const worker = keep(await startService('worker', () => launchWorker(settings)), 'Worker ready')
  return {
    ...{ apiOrigin, source, carolina, api, worker, logFolder },
    directory: createDirectoryCli(settings),
    postgres: database.service,
    databaseUrl: database.url,
    credentialsKeyFile: settings.credentialsKeyFile,
  }
}

/** Keys as stores give them out: random, and of this run only. */
function makeKeyPair(): { accessKeyId: string; secretAccessKey: string } {
  const accessKeyId = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`
  return { accessKeyId, secretAccessKey: randomBytes(30).toString('base64') }
}

async function migrateSchema(settings: ServerSettings): Promise<void> {
  await runProgram({
    name: 'The migration of the database',
    nodePath: settings.nodePath,
    script: join(projectRoot, 'server', 'db', 'cli.ts'),
    args: ['migrate'],
    env: commonEnvironment(settings),
    signal: settings.signal,
  })
}
