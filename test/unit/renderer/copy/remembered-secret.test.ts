import { describe, expect, it } from 'vitest'
import { localProblemCodes } from '#shared/ipc/problems.ts'
import { rememberedSecretWords } from '../../../../src/renderer/copy/remembered-secret.ts'

const keychainCodes = localProblemCodes.filter((code) => code.startsWith('keychain-'))

describe('B7: why a remembered secret key is of no use', () => {
  it.each(keychainCodes)('%s: speaks of the source’s secret key, not of the API key, and says what to do', (code) => {
    const { title, text } = rememberedSecretWords({ code }, 'GNOME Keyring')
    expect(title).toContain('GNOME Keyring')
    expect(text).toMatch(/^The remembered secret key of the source could not be read\. .*secret key/)
    expect(`${title} ${text}`).not.toMatch(/API key|sign in/i)
  })

  it('names each trouble in its own words', () => {
    expect(new Set(keychainCodes.map((code) => rememberedSecretWords({ code }, '').title)).size).toBe(4)
  })

  it('E2: a key that the source refuses no longer fits', () => {
    const refused = { code: 'source-not-ready', reference: 'signature-mismatch' } as const
    expect(rememberedSecretWords(refused, '').title).toBe('The remembered secret key no longer fits.')
    expect(rememberedSecretWords({ ...refused, reference: 'invalid-access-key' }, '').title).toContain('access key')
  })

  it('any other problem reads as everywhere', () => {
    expect(rememberedSecretWords({ code: 'api-unreachable' }, '').title).toBe('Can’t reach Carolina Cloud.')
  })
})
