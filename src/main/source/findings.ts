import type { Finding, findingCodes } from '#shared/ipc/source-check.ts'

export type FindingCode = (typeof findingCodes)[number]

export function goodFinding(code: FindingCode, facts: Finding['facts']): Finding {
  return { code, severity: 'good', facts, fixes: [] }
}

/** Worth knowing, does not stand in the way. */
export function noteFinding(code: FindingCode, facts: Finding['facts']): Finding {
  return { code, severity: 'note', facts, fixes: [] }
}

/** Has to be put right before anything is dispatched. */
export function problemFinding(code: FindingCode, facts: Finding['facts'], fixes: Finding['fixes'] = []): Finding {
  return { code, severity: 'problem', facts, fixes }
}
