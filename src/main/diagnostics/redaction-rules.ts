export const REMOVED = '[removed]'

/** Ids tell support what a report is about, and open nothing. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const email = /[^\s@"'<>=,;:()[\]{}]+@[^\s@"'<>=,;:()[\]{}]+/g
const bearer = /\b(bearer|basic)\s+[^\s"',;]+/gi
const credentialsInUrl = /\/\/[^/\s"'@]+@/g
/** Access keys, API keys, secrets, signatures, digests: any long run of the letters that such are made of. */
const keyLike = /[A-Za-z0-9+/=_-]{16,}/g

/**
 * Takes out of a text all that looks like a key, a secret or an address of a person, and each of `known` wherever it
 * stands. A fence behind the rule that none of it is put in; so it takes rather too much than too little.
 */
export function redact(text: string, known: readonly string[]): string {
  // The longest first: a short one may be a part of it.
  const values = [...new Set(known)].filter((value) => value !== '').sort((a, b) => b.length - a.length)
  const withoutKnown = values.reduce((rest, value) => rest.replaceAll(value, REMOVED), text)
  return withoutKnown
    .replace(bearer, `$1 ${REMOVED}`)
    .replace(credentialsInUrl, `//${REMOVED}@`)
    .replace(email, REMOVED)
    .replace(keyLike, (run) => (isKeyLike(run) ? REMOVED : run))
}

/** Words and codes joined by hyphens or slashes (`api-origin-unusable`, `out/main/index`) are no keys. */
function isKeyLike(run: string): boolean {
  if (uuid.test(run)) return false
  return run.length >= 40 || run.split(/[-/_]/).some(isRandomLooking)
}

const isRandomLooking = (part: string): boolean =>
  part.length >= 16 || (part.length >= 8 && /\d/.test(part) && /[A-Za-z]/.test(part))
