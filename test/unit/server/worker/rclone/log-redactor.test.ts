import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import { createLogRedactor } from '../../../../../server/worker/rclone/log-redactor.ts'

const nothing = createLogRedactor([])

describe('createLogRedactor', () => {
  // A secret as the stores make them: 16 to 64 characters of base64 and punctuation.
  const secretText = fc.string({
    unit: fc.constantFrom(...Array.from('ABCxyz019+/=$&<>"\\ %ü!\'()*')),
    minLength: 8,
    maxLength: 64,
  })
  const forms: readonly [name: string, write: (clear: string) => string][] = [
    ['clear', (clear) => clear],
    ['JSON', (clear) => JSON.stringify({ clear })],
    ['JSON in JSON', (clear) => JSON.stringify(JSON.stringify({ clear }))],
    ['URL component', (clear) => encodeURIComponent(clear)],
    ['form', (clear) => new URLSearchParams({ clear }).toString()],
    ['Go JSON', (clear) => JSON.stringify({ clear }).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')],
    ['base64', (clear) => Buffer.from(clear).toString('base64')],
  ]

  it.each(forms)('takes the secret out as %s', (_name, write) => {
    fc.assert(
      fc.property(secretText, fc.constantFrom('', 'key=', 'dial tcp: '), (clear, before) => {
        const written = write(clear)
        const redacted = createLogRedactor([Secret.of(clear)])(`${before}${written} end`)
        // The wrapping of a form, e.g. `{"clear":"…"}`, is what may stay.
        const wrapping = new Set(write('\u0001').split('\u0001'))
        const body = [...wrapping].reduce((text, part) => (part === '' ? text : text.replace(part, '')), written)
        expect(redacted).not.toContain(body)
        expect(redacted).toContain('[redacted]')
      }),
    )
  })

  it('takes out every one of several secrets, also when one holds the other', () => {
    const redact = createLogRedactor([Secret.of('abcdefgh'), Secret.of('abcdefghijkl'), Secret.of('')])
    expect(redact('a abcdefghijkl b abcdefgh c')).toBe('a [redacted] b [redacted] c')
  })

  it.each([
    [
      'Authorization: AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu/s3/aws4_request, SignedHeaders=host, Signature=0a1b',
      'Authorization: [redacted]',
    ],
    ['"Authorization":"Bearer abc.def"', '"Authorization":"[redacted]"'],
    ['authorization: Basic dTpw', 'authorization: [redacted]'],
    ['GET /b/k?X-Amz-Signature=0a1b2c&X-Amz-Date=20260101', 'GET /b/k?X-Amz-Signature=[redacted]&X-Amz-Date=20260101'],
    ['?AWSAccessKeyId=AKIA&Signature=vjb%2F%3D&Expires=1', '?AWSAccessKeyId=AKIA&Signature=[redacted]&Expires=1'],
    ['X-Amz-Security-Token=FQoG/x', 'X-Amz-Security-Token=[redacted]'],
    ['{"secret_access_key":"s3cr3t","region":"x"}', '{"secret_access_key":"[redacted]","region":"x"}'],
    ['{\\"secret_access_key\\":\\"s3cr3t\\"}', '{\\"secret_access_key\\":\\"[redacted]\\"}'],
  ])('hides what looks like a credential: %s', (text, expected) => {
    expect(nothing(text)).toBe(expected)
  })

  it.each([
    'error reading source root directory: operation error S3: ListObjectsV2, api error SignatureDoesNotMatch: Check your key and signing method.',
    'api error InvalidAccessKeyId: The AWS Access Key Id AKIAEXAMPLE does not exist',
    'photos/signature of the contract.pdf',
  ])('leaves a person their words: %s', (text) => {
    expect(nothing(text)).toBe(text)
  })
})
