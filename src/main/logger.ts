/** Facts of a log line. No objects: what cannot be passed in cannot leak out. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>

export interface Logger {
  readonly info: (event: string, facts?: LogFacts) => void
  readonly warn: (event: string, facts?: LogFacts) => void
  readonly error: (event: string, facts?: LogFacts) => void
}

interface LogPorts {
  readonly writeLine: (line: string) => void
  readonly now?: () => Date
}

/** One JSON line per event. Never hand it a request, a response or an argument of IPC. */
export function createLogger({ writeLine, now = () => new Date() }: LogPorts): Logger {
  const write = (level: string, event: string, facts: LogFacts = {}): void => {
    writeLine(JSON.stringify({ at: now().toISOString(), level, event, ...facts }))
  }
  return {
    info: (event, facts) => write('info', event, facts),
    warn: (event, facts) => write('warn', event, facts),
    error: (event, facts) => write('error', event, facts),
  }
}

/** What of a thrown value may be logged: kind, code and place, but not its message, which may quote input. */
export function errorFacts(error: unknown): LogFacts {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  const place = /\n\s+at (.+)/.exec(error.stack ?? '')?.[1] ?? null
  return { error: error.name, code, place }
}

/** Lines to stderr. A terminal that has gone away must not end the app. */
export function createStderrWriter(): LogPorts['writeLine'] {
  process.stderr.on('error', () => undefined)
  return (line) => process.stderr.write(`${line}\n`)
}
