import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { HEARTBEAT_MS } from '#shared/contract/events.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import { DEFAULT_CAP_BYTES_PER_SECOND, MIB } from '#shared/domain/units.ts'
import { logLevels } from './logger.ts'

/** One sentence per variable that needs a hand: its name, what is wrong, how to put it right. */
export type ConfigProblems = readonly string[]
export type Environment = Readonly<Record<string, string | undefined>>

const KEY_BYTES = 32
const sensibleMs = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

const databaseVariables = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_URL_FILE: z.string().min(1).optional(),
}
const commonVariables = {
  ...databaseVariables,
  LOG_LEVEL: z.enum(logLevels).default('info'),
  /** Development only: source endpoints on loopback and private networks. */
  ALLOW_PRIVATE_ENDPOINTS: flag.default(false),
}
const apiVariables = z.object({
  ...commonVariables,
  HOST: z.string().min(1).default('127.0.0.1'),
  /** 0 lets the system choose; the chosen one is announced. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** How many proxies in front of the API are ours, so that rate limits see the caller's address. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  CAP_BYTES_PER_SECOND: z.coerce
    .number()
    .int()
    .min(MIB / 16)
    .default(DEFAULT_CAP_BYTES_PER_SECOND),
  // The app takes a stream that is silent for twice as long for dead.
  STREAM_HEARTBEAT_MS: sensibleMs(20, HEARTBEAT_MS).default(HEARTBEAT_MS),
})
const workerVariables = z.object({
  ...commonVariables,
  CREDENTIALS_KEY_FILE: z.string().min(1),
  RCLONE_PATH: z.string().min(1),
  WORKER_SLOTS: z.coerce.number().int().min(1).max(64).default(2),
  LEASE_TTL_MS: sensibleMs(500, 600_000).default(15_000),
})
const directoryVariables = z.object({ ...databaseVariables, CREDENTIALS_KEY_FILE: z.string().min(1) })
const schemaVariables = z.object(databaseVariables)

const fixes: Readonly<Record<string, string>> = {
  DATABASE_URL: 'set it to postgresql://user@host:5432/database, without a password',
  DATABASE_URL_FILE:
    'set it to the path of a file (mode 0600) that holds postgresql://user:password@host:5432/database',
  LOG_LEVEL: `set it to one of ${logLevels.join(', ')}`,
  ALLOW_PRIVATE_ENDPOINTS: 'set it to true (development only) or leave it unset',
  HOST: 'set it to the address to listen on, such as 127.0.0.1 or 0.0.0.0',
  PORT: 'set it to a port number, or 0 for any free one',
  TRUSTED_PROXIES: 'set it to the number of your own proxies in front of the API (0 to 10)',
  CAP_BYTES_PER_SECOND: `set it to a whole number of bytes per second, at least ${String(MIB / 16)}`,
  STREAM_HEARTBEAT_MS: 'set it to milliseconds between 20 and 3000',
  CREDENTIALS_KEY_FILE:
    'set it to the path of a file (mode 0600) that holds 32 random bytes in base64; make one with: umask 077; openssl rand -base64 32 > credentials.key',
  RCLONE_PATH: 'set it to the path of the rclone program',
  WORKER_SLOTS: 'set it to how many migrations this worker may run at once (1 to 64)',
  LEASE_TTL_MS: 'set it to milliseconds between 500 and 600000',
}

/** The API's settings. It can neither read nor write a destination secret, so it is given no key. */
export function readApiConfig(environment: Environment = process.env) {
  return readConfig(apiVariables, environment, (value) => ({
    host: value.HOST,
    port: value.PORT,
    trustedProxies: value.TRUSTED_PROXIES,
    capBytesPerSecond: value.CAP_BYTES_PER_SECOND,
    heartbeatMs: value.STREAM_HEARTBEAT_MS,
    isPrivateEndpointAllowed: value.ALLOW_PRIVATE_ENDPOINTS,
    logLevel: value.LOG_LEVEL,
  }))
}
export type ApiConfig = ConfigOf<typeof readApiConfig>

export function readWorkerConfig(environment: Environment = process.env) {
  return readConfig(workerVariables, environment, (value, file) => ({
    credentialsKey: file.credentialsKey(value.CREDENTIALS_KEY_FILE),
    rclonePath: value.RCLONE_PATH,
    slots: value.WORKER_SLOTS,
    leaseTtlMs: value.LEASE_TTL_MS,
    isPrivateEndpointAllowed: value.ALLOW_PRIVATE_ENDPOINTS,
    logLevel: value.LOG_LEVEL,
  }))
}
export type WorkerConfig = ConfigOf<typeof readWorkerConfig>

/** For the operators' command line. */
export function readDirectoryConfig(environment: Environment = process.env) {
  return readConfig(directoryVariables, environment, (value, file) => ({
    credentialsKey: file.credentialsKey(value.CREDENTIALS_KEY_FILE),
  }))
}

/** For the command that migrates the database. */
export function readSchemaConfig(environment: Environment = process.env) {
  return readConfig(schemaVariables, environment, () => ({}))
}

type ConfigOf<Read extends () => Result<unknown, ConfigProblems>> = Extract<ReturnType<Read>, { ok: true }>['value']

interface DatabaseVariables {
  readonly DATABASE_URL?: string | undefined
  readonly DATABASE_URL_FILE?: string | undefined
}

function readConfig<Value extends DatabaseVariables, Config>(
  variables: z.ZodType<Value>,
  environment: Environment,
  toConfig: (value: Value, file: SecretFiles) => Config,
): Result<Config & { readonly databaseUrl: Secret }, ConfigProblems> {
  // An empty variable is how shells and compose files say "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, text]) => text !== undefined && text !== ''))
  const parsed = variables.safeParse(given)
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => String(issue.path[0])))
    return err([...names].map((name) => problem(name, name in given ? 'does not fit' : 'is not set')))
  }
  const problems: string[] = []
  const file = createSecretFiles(problems)
  const config = { databaseUrl: file.databaseUrl(parsed.data), ...toConfig(parsed.data, file) }
  return problems.length === 0 ? ok(config) : err(problems)
}

function problem(name: string, what: string): string {
  return `${name} ${what}: ${fixes[name] ?? 'change it'}.`
}

interface SecretFiles {
  databaseUrl(variables: DatabaseVariables): Secret
  credentialsKey(path: string): Secret
}

const NOTHING = Secret.of('')

/** Readers of the files that hold secrets; what is wrong is added to `problems`. */
function createSecretFiles(problems: string[]): SecretFiles {
  const read = (name: string, path: string): string | null => {
    const text = readPrivateFile(path)
    if (!text.ok) problems.push(problem(name, text.error))
    return text.ok ? text.value.trim() : null
  }
  return {
    databaseUrl: ({ DATABASE_URL: url, DATABASE_URL_FILE: path }) => {
      if ((url === undefined) === (path === undefined)) {
        problems.push(
          problem(
            'DATABASE_URL_FILE',
            url === undefined ? 'is not set (nor is DATABASE_URL)' : 'and DATABASE_URL are both set; keep one',
          ),
        )
        return NOTHING
      }
      if (path !== undefined) {
        const text = read('DATABASE_URL_FILE', path)
        if (text !== null && !URL.canParse(text))
          problems.push(problem('DATABASE_URL_FILE', 'names a file without a URL'))
        return Secret.of(text ?? '')
      }
      if (new URL(url ?? '').password !== '') {
        problems.push(
          'DATABASE_URL holds a password, which every program of this user can read: put the URL into a file (mode 0600) and name it in DATABASE_URL_FILE.',
        )
      }
      return Secret.of(url ?? '')
    },
    credentialsKey: (path) => {
      const text = read('CREDENTIALS_KEY_FILE', path)
      if (text === null) return NOTHING
      if (!/^[A-Za-z0-9+/]{43}=$/.test(text) || Buffer.from(text, 'base64').length !== KEY_BYTES) {
        problems.push(problem('CREDENTIALS_KEY_FILE', 'names a file that does not hold 32 bytes in base64'))
      }
      return Secret.of(text)
    },
  }
}

function readPrivateFile(path: string): Result<string, string> {
  try {
    // Windows has no such bits; access lists guard the file there.
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
      return err('names a file that other users may read; run chmod 600 on it')
    }
    return ok(readFileSync(path, 'utf8'))
  } catch (error) {
    return err(`names a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
  }
}
