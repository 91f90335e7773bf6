import type { Secret } from '#shared/domain/secret.ts'

export type Redact = (text: string) => string

const mark = '[redacted]'

/** What gives access, or proves it, whoever's it is. `$1` is the name, which stays readable. */
const signaturePatterns: readonly RegExp[] = [
  /((?:proxy-)?authorization\\?["']?\s*[:=]\s*\\?["']?)(?:(?:aws4-hmac-sha256|aws|bearer|basic)\s+)?[^\s"'\\,;&]+(?:,\s*(?:SignedHeaders|Signature|Credential)=[^\s"'\\,;&]+)*/gi,
  /((?:x-amz-signature|x-amz-security-token|signature|security_?token|session_?token)\\?["']?\s*(?:[:=]|%3d)\s*\\?["']?)[^\s"'\\,&]+/gi,
  /((?:secret_access_key|secretaccesskey|secret_key|rclone_rc_pass)\\?["']?\s*(?:[:=]|%3d)\s*\\?["']?)[^\s"'\\,&]+/gi,
]

/**
 * Makes a pure function that takes the given secrets out of a text, in clear and however URLs, forms,
 * JSON and Go's JSON write them, and anything that looks like a signature or a credential field.
 * Keys of objects, hosts, error codes and access key ids stay: they are what a person needs to read.
 */
export function createLogRedactor(secrets: readonly Secret[]): Redact {
  const literals = secrets
    .map((secret) => secret.reveal())
    .filter((clear) => clear !== '')
    // Longest first: a secret that holds another must not be left half replaced.
    .sort((a, b) => b.length - a.length)
    .flatMap((clear) => [anyWritingOf(clear), anyWritingOf(Buffer.from(clear, 'utf8').toString('base64'))])
  return (text) => {
    let redacted = text
    for (const literal of literals) redacted = redacted.replaceAll(literal, mark)
    for (const pattern of signaturePatterns) redacted = redacted.replace(pattern, `$1${mark}`)
    return redacted
  }
}

/**
 * Each writer escapes another set of characters (Go's PathEscape, QueryEscape, encodeURIComponent and forms
 * differ in `!*'()+$&=~`), so every character may stand in any of its forms, in any mixture.
 */
function anyWritingOf(clear: string): RegExp {
  const units = clear.match(/\\+|[\s\S]/gu) ?? []
  return new RegExp(units.map(anyWritingOfUnit).join(''), 'gu')
}

function anyWritingOfUnit(unit: string): string {
  // A run of backslashes as one unit: unit by unit its doublings could match in exponentially many ways.
  if (unit.startsWith('\\')) return `(?:\\\\{${unit.length},${4 * unit.length}}|(?:%5[cC]){${unit.length},${4 * unit.length}})`
  const percent = [...Buffer.from(unit, 'utf8')].map((byte) => `%${anyCase(hex(byte, 2))}`).join('')
  const unicode = Array.from({ length: unit.length }, (_, at) => `\\\\+u${anyCase(hex(unit.charCodeAt(at), 4))}`).join('')
  const forms = [percent, unicode, ...(unit === ' ' ? ['\\+'] : []), ...(shortEscapes[unit] ?? [])]
  return `(?:${[...forms, escapeUnit(unit)].join('|')})`
}

const shortEscapes: Readonly<Record<string, readonly string[]>> = {
  '"': ['\\\\+"'],
  '\n': ['\\\\+n'],
  '\t': ['\\\\+t'],
  '\r': ['\\\\+r'],
}

function escapeUnit(unit: string): string {
  return /[$()*+./?[\]^{|}]/.test(unit) ? `\\${unit}` : unit
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}

function anyCase(digits: string): string {
  return digits.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}
