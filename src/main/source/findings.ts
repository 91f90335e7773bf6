import type { Finding, findingCodes } from '#shared/ipc/source-check.ts'
import { MAX_KEY_CHARACTERS } from './listed-limits.ts'

export type FindingCode = (typeof findingCodes)[number]

export function goodFinding(code: FindingCode, facts: Finding['facts']): Finding {
  return { code, severity: 'good', facts: bounded(facts), fixes: [] }
}

/** Worth knowing, does not stand in the way. */
export function noteFinding(code: FindingCode, facts: Finding['facts']): Finding {
  return { code, severity: 'note', facts: bounded(facts), fixes: [] }
}

/** Has to be put right before anything is dispatched. */
export function problemFinding(code: FindingCode, facts: Finding['facts'], fixes: Finding['fixes'] = []): Finding {
  return { code, severity: 'problem', facts: bounded(facts), fixes }
}

/** No text of a store gets longer than the longest that means well, a key. */
function bounded(facts: Finding['facts']): Finding['facts'] {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'string' ? fact.slice(0, MAX_KEY_CHARACTERS) : fact]),
  )
}
