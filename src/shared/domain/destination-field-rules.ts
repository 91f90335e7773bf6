import { err } from './result.ts'
import { checkText, type FieldResult } from './text-rules.ts'
import { MAX_KEY_BYTES, utf8Length } from './units.ts'

/**
 * A destination prefix names a folder in a Carolina Cloud bucket. Unlike source keys, which are taken
 * as they are, a new folder must not hold the shapes that tools lose silently (`//`, `.`, `..`).
 */
export function checkDestinationPrefix(text: string): FieldResult {
  const field = 'destinationPrefix'
  const checked = checkText(field, text, MAX_KEY_BYTES - 1, utf8Length)
  if (!checked.ok) return checked
  const value = checked.value
  if (/^(s3|https?):\/\//i.test(value)) return err({ field, code: 'prefix-is-url' })
  if (value.startsWith('/')) {
    return err({ field, code: 'prefix-leading-slash', repair: { destinationPrefix: value.replace(/^\/+/, '') } })
  }
  if (value.includes('//')) {
    return err({ field, code: 'prefix-double-slash', repair: { destinationPrefix: value.replace(/\/{2,}/g, '/') } })
  }
  if (/(^|\/)\.{1,2}(\/|$)/.test(value)) return err({ field, code: 'prefix-dot-segment' })
  return checked
}
