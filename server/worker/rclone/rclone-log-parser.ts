export type RcloneLogLevel = 'debug' | 'info' | 'notice' | 'warning' | 'error'

export interface RcloneLogEntry {
  /** ISO 8601 in UTC; the moment of receipt when the line itself names none. */
  readonly at: string
  readonly level: RcloneLogLevel
  /** What the line is about: a key relative to the copied root, or rclone's words for a whole bucket. */
  readonly object?: string
  /** Bytes of the object, where rclone says it (on "Copied …"). */
  readonly size?: number
  readonly message: string
}

/** Far beyond a longest key (1,024 bytes, escaped) with an error text; a longer line is cut, not kept in memory. */
const maxLineLength = 64 * 1024

const levels: Readonly<Record<string, RcloneLogLevel>> = {
  debug: 'debug',
  info: 'info',
  notice: 'notice',
  warning: 'warning',
  warn: 'warning',
  error: 'error',
  critical: 'error',
  alert: 'error',
  emergency: 'error',
}

/**
 * Reads one line of `rclone --use-json-log`. Never throws: what is no JSON object (a Go panic, a
 * message of the loader) becomes a notice with the line as its message. Null for a blank line.
 *
 * @param receivedAt ISO time used when the line carries no usable one.
 */
export function parseRcloneLogLine(line: string, receivedAt: string): RcloneLogEntry | null {
  const text = line.trim()
  if (text === '') return null
  const fields = parseFields(text)
  if (fields === null) return { at: receivedAt, level: 'notice', message: text }
  const { object, size } = fields
  return {
    at: toIsoTime(fields['time']) ?? receivedAt,
    level: toLevel(fields['level']),
    ...(typeof object === 'string' && object !== '' ? { object } : {}),
    ...(typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? { size } : {}),
    message: typeof fields['msg'] === 'string' ? fields['msg'].trimEnd() : text,
  }
}

/** "Copied (new)", "Copied (replaced existing)", "Multi-thread Copied (new)", "Copied (new) to: key". */
export function isCopiedEntry(entry: RcloneLogEntry): boolean {
  return entry.object !== undefined && /^(?:Multi-thread )?Copied \(/.test(entry.message)
}

/** Cuts a stream's chunks into lines. `push` returns the lines completed by the chunk, `rest` the last, open one. */
export interface LineSplitter {
  push(chunk: string): readonly string[]
  rest(): string
}

export function createLineSplitter(): LineSplitter {
  let open = ''
  return {
    push(chunk) {
      const parts = chunk.split('\n')
      const lines: string[] = []
      parts.forEach((part, index) => {
        if (open.length < maxLineLength) open = (open + part).slice(0, maxLineLength)
        if (index === parts.length - 1) return
        lines.push(open)
        open = ''
      })
      return lines
    },
    rest() {
      const line = open
      open = ''
      return line
    },
  }
}

function parseFields(text: string): Readonly<Record<string, unknown>> | null {
  if (!text.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function toLevel(value: unknown): RcloneLogLevel {
  const known = typeof value === 'string' && Object.hasOwn(levels, value) ? levels[value] : undefined
  return known ?? 'notice'
}

function toIsoTime(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const time = new Date(value)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}
