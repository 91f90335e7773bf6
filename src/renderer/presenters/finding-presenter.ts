import type { Finding } from '#shared/ipc/source-check.ts'

/** A named fact of a finding as text, or null when the check did not tell. */
export function textFact(finding: Finding, name: string): string | null {
  const value = finding.facts[name]
  return value === undefined || value === '' ? null : String(value)
}

export function numberFact(finding: Finding, name: string): number | null {
  const value = finding.facts[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
