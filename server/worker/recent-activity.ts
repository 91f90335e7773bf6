import { LOG_TAIL_LINES } from '#shared/contract/endpoints.ts'
import type { NewLogLine } from '../stores/held-job.ts'

const MAX_LINE_LENGTH = 2000
/** Of the lines between two drains; what is beyond is counted, not kept. Errors and warnings are kept. */
const MAX_INFO_LINES = 20

/**
 * A text from outside, fit to be stored and shown as one line. Redacted before it is cut: half a secret would
 * not be recognised. PostgreSQL refuses NUL.
 */
export function toStoredText(text: string, redact: (text: string) => string): string {
  return redact(text)
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .slice(0, MAX_LINE_LENGTH)
}

/** The job's own log, for people: collected here, stored about once a second. */
export interface RecentActivity {
  readonly add: (level: NewLogLine['level'], text: string) => void
  /** One object has arrived. */
  readonly addCopied: (key: string) => void
  /** The lines since the last drain. */
  readonly drain: () => readonly NewLogLine[]
}

export function createRecentActivity(ports: {
  readonly redact: (text: string) => string
  readonly now: () => Date
}): RecentActivity {
  let lines: NewLogLine[] = []
  let infoLines = 0
  let unnamed = 0

  const push = (level: NewLogLine['level'], text: string): void => {
    lines.push({ at: ports.now().toISOString(), level, text: toStoredText(text, ports.redact) })
    if (lines.length > LOG_TAIL_LINES) lines.shift()
  }
  return {
    add: push,
    addCopied(key) {
      infoLines += 1
      if (infoLines > MAX_INFO_LINES) unnamed += 1
      else push('info', `copied ${key}`)
    },
    drain() {
      if (unnamed > 0) push('info', `copied ${unnamed} more ${unnamed === 1 ? 'object' : 'objects'}`)
      const drained = lines
      lines = []
      infoLines = 0
      unnamed = 0
      return drained
    },
  }
}
