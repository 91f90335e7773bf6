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

/** What the check learned of the size; `hasMore` when it looked at the first part of the listing only. */
export interface SourceSize {
  readonly objects: number
  readonly bytes: number
  readonly hasMore: boolean
}

export function sourceSize(findings: readonly Finding[]): SourceSize | null {
  const listed = findings.find((finding) => finding.code === 'source-listed')
  if (listed === undefined) return null
  const objects = numberFact(listed, 'objects')
  const bytes = numberFact(listed, 'bytes')
  if (objects === null || bytes === null) return null
  return { objects, bytes, hasMore: listed.facts['more'] === true }
}
