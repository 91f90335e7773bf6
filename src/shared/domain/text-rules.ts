import { err, ok, type Result } from './result.ts'

export const fieldNames = [
  'apiKey',
  'endpoint',
  'region',
  'accessKeyId',
  'secretAccessKey',
  'bucket',
  'prefix',
  'destinationBucketId',
  'destinationPrefix',
] as const
export type FieldName = (typeof fieldNames)[number]

export const fieldProblemCodes = [
  'empty',
  'too-long',
  'control-characters',
  'invisible-characters',
  'whitespace-inside',
  'not-ascii',
  'endpoint-without-scheme',
  'endpoint-not-http',
  'endpoint-malformed',
  'endpoint-with-credentials',
  'endpoint-with-query',
  'endpoint-with-path',
  'endpoint-with-bucket',
  /** Told by the API: the name leads to no address of the public internet. */
  'endpoint-not-public',
  'region-malformed',
  'region-unknown',
  'region-differs-from-endpoint',
  'bucket-is-url',
  'bucket-has-path',
  'bucket-name-malformed',
  'prefix-is-url',
  'prefix-leading-slash',
  'prefix-double-slash',
  'prefix-dot-segment',
  'not-chosen',
] as const
export type FieldProblemCode = (typeof fieldProblemCodes)[number]

/** What is wrong with one field, and the values that would put it right (one click in the wizard). */
export interface FieldProblem {
  readonly field: FieldName
  readonly code: FieldProblemCode
  readonly repair?: Readonly<Partial<Record<FieldName, string>>>
  /** For `too-long`: the most characters (bytes for prefixes) allowed. */
  readonly limit?: number
}

export type FieldResult = Result<string, FieldProblem>

const controlCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
// Halves of a character: neither UTF-8 nor a database can hold them.
const loneSurrogates = /\p{Surrogate}/gu
// Zero-width and direction marks. U+200C and U+200D are left out where they join non-ASCII letters or emoji.
const invisibleCharacters =
  /[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]|(?<![^\u0000-\u007f])[\u200c\u200d]|[\u200c\u200d](?![^\u0000-\u007f])/g

/** Removes what a paste brings along at both ends: spaces, line ends, byte-order marks. */
export function trimPasted(text: string): string {
  return text.replace(/^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g, '')
}

/** The checks every text field shares. The repair of stray characters is the text without them. */
export function checkText(field: FieldName, text: string, limit: number, lengthOf = (t: string) => t.length): FieldResult {
  const trimmed = trimPasted(text)
  if (lengthOf(trimmed) > limit) return err({ field, code: 'too-long', limit })
  const hasControl = trimmed.search(controlCharacters) >= 0 || trimmed.search(loneSurrogates) >= 0
  if (hasControl || trimmed.search(invisibleCharacters) >= 0) {
    return err(strayProblem(field, hasControl ? 'control-characters' : 'invisible-characters', withoutStrays(trimmed)))
  }
  return ok(trimmed)
}

/** A key or token: required, one ASCII word. */
export function checkToken(field: FieldName, text: string, limit: number): FieldResult {
  const checked = checkText(field, text, limit)
  if (!checked.ok) {
    return isStrayCode(checked.error.code) ? err(strayProblem(field, checked.error.code, cleanToken(text))) : checked
  }
  if (checked.value === '') return err({ field, code: 'empty' })
  if (/\s/.test(checked.value)) return err(strayProblem(field, 'whitespace-inside', cleanToken(text)))
  if (!/^[\u0021-\u007e]+$/.test(checked.value)) return err({ field, code: 'not-ascii' })
  return checked
}

/** E1: a key or token without the spaces, line ends and invisible characters that a paste brought along. */
export function cleanToken(text: string): string {
  return withoutStrays(text).replace(/\s/g, '')
}

/** Whether leaving out what no value has puts it right, for a token with `cleanToken`. */
export function isStrayCode(code: string): boolean {
  return code === 'control-characters' || code === 'invisible-characters' || code === 'whitespace-inside'
}

function withoutStrays(text: string): string {
  return text.replace(controlCharacters, '').replace(loneSurrogates, '').replace(invisibleCharacters, '')
}

function strayProblem(field: FieldName, code: FieldProblemCode, cleaned: string): FieldProblem {
  return { field, code, ...(isSecretField(field) ? {} : { repair: { [field]: cleaned } }) }
}

// A repair travels in findings and logs; a secret must not.
function isSecretField(field: FieldName): boolean {
  return field === 'secretAccessKey' || field === 'apiKey'
}
