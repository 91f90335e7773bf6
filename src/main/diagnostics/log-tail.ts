/** The last lines that were logged, for the diagnostics report. Bounded: the app may run for weeks. */
export interface LogTail {
  readonly writeLine: (line: string) => void
  /** Oldest first. */
  readonly lines: () => readonly string[]
}

export const MAX_LINES = 200
/** In characters. */
export const MAX_LINE_LENGTH = 500

export function createLogTail(): LogTail {
  const lines: string[] = []
  return {
    writeLine: (line) => {
      lines.push(line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line)
      if (lines.length > MAX_LINES) lines.shift()
    },
    lines: () => [...lines],
  }
}
