import { pino, type DestinationStream } from 'pino'

export const logLevels = ['info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

/** What the rest of the server needs of a log. Fields hold facts; the message is a fixed text. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

const CENSORED = '[redacted]'
const secretNames =
  /authorization|cookie|secret|password|passphrase|token|ciphertext|encapsulated|private.?key|api.?key|connectionstring|^(key|body|sealed)$/i
// API keys, other bearer tokens, and passwords in URLs, wherever a text carries them.
const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/cc_[A-Za-z0-9_-]{20,}/g, CENSORED],
  [/(Bearer\s+)[^\s"\\]+/gi, `$1${CENSORED}`],
  [/([a-z][a-z0-9+.-]*:\/\/[^\s:/@"]*:)[^\s@"/]+@/gi, `$1${CENSORED}@`],
]
const MAX_DEPTH = 6

/**
 * One JSON line per event. Redaction happens here, at the sink, so that a careless caller cannot leak:
 * fields with the name of a secret go by name, keys and bearer tokens also by their look.
 */
export function createLogger(level: LogLevel, destination: DestinationStream, base: Record<string, string>): Logger {
  return pino(
    {
      level,
      base,
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      // `censorFields` describes errors; pino's own way would add a database error's values.
      serializers: { err: (error: unknown) => error },
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => censorFields(fields, 0) as Record<string, unknown>,
      },
      hooks: { streamWrite: censorText },
    },
    destination,
  )
}

function censorFields(value: unknown, depth: number): unknown {
  if (value instanceof Error) return describeError(value, depth)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MAX_DEPTH) return '[deep]'
  if (Array.isArray(value)) return value.map((item) => censorFields(item, depth + 1))
  if (value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      secretNames.test(name) ? CENSORED : censorFields(item, depth + 1),
    ]),
  )
}

// Only these: a database error also carries `detail` and `where`, which quote values.
function describeError(error: Error, depth: number): object {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(error.cause === undefined || depth >= MAX_DEPTH ? {} : { cause: censorFields(error.cause, depth + 1) }),
  }
}

function censorText(line: string): string {
  return secretTexts.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line)
}
