import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redact, REMOVED } from '../../../../src/main/diagnostics/redaction-rules.ts'
import { MIGRATION_ID } from '../fakes/views.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const letters = (from: string, length: number) =>
  fc
    .array(fc.nat(from.length - 1), { minLength: length, maxLength: length })
    .map((places) => places.map((place) => from.charAt(place)).join(''))
/** The shapes in which keys come: AWS key ids, AWS secrets, ours, tokens in hex. */
const keyLike = fc.oneof(
  letters('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16).map((rest) => `AKIA${rest}`),
  letters(`${alphabet}+/`, 40),
  letters(`${alphabet}-_`, 43).map((rest) => `cc_${rest}`),
  letters('0123456789abcdef', 32),
)
const around = fc.constantFrom('"', ' ', ': ', '=', ',', '\n', '{"key":"', '/?token=', '(')

describe('redaction', () => {
  it('S9, B13: no key-like value comes through, wherever it stands', () => {
    fc.assert(fc.property(keyLike, around, around, (key, before, after) => !redact(`x${before}${key}${after}y`, []).includes(key)))
  })

  it('S9, B13: no known secret comes through, whatever it looks like', () => {
    const text = fc.string({ minLength: 3 })
    fc.assert(
      fc.property(text, fc.array(text), fc.string(), (secret, others, rest) => {
        fc.pre(!REMOVED.includes(secret))
        return !redact(`${rest}\n${secret}\n${rest}`, [secret, ...others]).split(REMOVED).some((part) => part.includes(secret))
      }),
    )
  })

  it.each([
    ['mail to maya.okafor@piedmont-research.org now', `mail to ${REMOVED} now`],
    ['Authorization: Bearer short', `Authorization: Bearer ${REMOVED}`],
    ['https://user:pw@example.org/x', `https://${REMOVED}@example.org/x`],
    ['key wJal/rXUt/nFEM/IbPx/RfiC/YEXA/MPLE/KEYa/bcde now', `key ${REMOVED} now`],
    ['photos-private, photos', `${REMOVED}, ${REMOVED}`],
    ['/home/maya/app and photos', `${REMOVED}/app and ${REMOVED}`],
  ])('%j becomes %j', (text, redacted) => expect(redact(text, ['photos', 'photos-private', '/home/maya', ''])).toBe(redacted))

  it.each([
    `id: ${MIGRATION_ID}`,
    '{"at":"2026-11-22T14:31:58.102Z","level":"warn","event":"deep-link-ignored","length":21}',
    'connection: api-tls-untrusted UNABLE_TO_VERIFY_LEAF_SIGNATURE since 2026-11-22T10:00:00.000Z',
    'Address: https://migrate-api.carolinacloud.io (default)',
    'state: completed-with-exceptions, revision 12, attempt 1',
  ])('what support needs stays: %s', (text) => expect(redact(text, [])).toBe(text))
})
