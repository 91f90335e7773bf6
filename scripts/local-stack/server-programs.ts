import { join } from 'node:path'
import { type Child, startChild } from './child-process.ts'

/** What API, worker and command line are started with. Secrets are in files; only their names are handed over. */
export interface ServerSettings {
  readonly nodePath: string
  readonly rclonePath: string
  readonly databaseUrlFile: string
  readonly credentialsKeyFile: string
  readonly logFolder: string
  /** Undefined: the server's own default. */
  readonly capBytesPerSecond: number | undefined
  /** Sources on this machine and in its network: the stack's own is one. */
  readonly arePrivateSourcesAllowed: boolean
  readonly signal: AbortSignal | undefined
}

export const projectRoot = join(import.meta.dirname, '..', '..')

export function commonEnvironment({ databaseUrlFile }: ServerSettings): Record<string, string> {
  return { PATH: '/usr/bin:/bin', DATABASE_URL_FILE: databaseUrlFile }
}

/** @param port the one of the time before, so that the app finds the API again; 0 for a free one */
export function launchApi(settings: ServerSettings, port: number): Promise<Child<number>> {
  const { capBytesPerSecond: cap } = settings
  return startChild({
    name: 'API',
    command: settings.nodePath,
    args: [join(projectRoot, 'server', 'api', 'index.ts')],
    env: {
      ...commonEnvironment(settings),
      PORT: String(port),
      ...(settings.arePrivateSourcesAllowed ? { ALLOW_PRIVATE_ENDPOINTS: 'true' } : {}),
      ...(cap === undefined ? {} : { CAP_BYTES_PER_SECOND: String(cap) }),
    },
    logFile: join(settings.logFolder, 'api.log'),
    readiness: { kind: 'line', find: (line) => findEvent(line, 'listening')?.port ?? null },
    signal: settings.signal,
  })
}

export function launchWorker(settings: ServerSettings): Promise<Child<true>> {
  return startChild({
    name: 'worker',
    command: settings.nodePath,
    args: [join(projectRoot, 'server', 'worker', 'index.ts')],
    env: {
      ...commonEnvironment(settings),
      CREDENTIALS_KEY_FILE: settings.credentialsKeyFile,
      RCLONE_PATH: settings.rclonePath,
      ...(settings.arePrivateSourcesAllowed ? { ALLOW_PRIVATE_ENDPOINTS: 'true' } : {}),
    },
    logFile: join(settings.logFolder, 'worker.log'),
    readiness: { kind: 'line', find: (line) => (findEvent(line, 'ready') === null ? null : true) },
    signal: settings.signal,
  })
}

interface Announcement {
  readonly event: string
  readonly port?: number
}

function findEvent(line: string, event: string): Announcement | null {
  if (!line.startsWith('{') || !line.includes(`"${event}"`)) return null
  const announcement = JSON.parse(line) as Announcement
  return announcement.event === event ? announcement : null
}
