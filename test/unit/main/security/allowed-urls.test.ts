import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { externalPages } from '#shared/ipc/channels.ts'
import { externalUrls, isAllowedUrl } from '../../../../src/main/security/allowed-urls.ts'

describe('isAllowedUrl', () => {
  it('knows an address for every page of the channel table and allows it', () => {
    expect(Object.keys(externalUrls).toSorted()).toEqual([...externalPages].toSorted())
    for (const url of Object.values(externalUrls)) expect(isAllowedUrl(url)).toBe(true)
  })

  it.each([
    'https://carolinacloud.io/docs',
    'https://carolinacloud.io/docs/x',
    'https://carolinacloud.io.evil.example/docs/',
    'https://user@carolinacloud.io/docs/',
    'HTTPS://carolinacloud.io/docs/',
    'mailto:support@carolinacloud.io?bcc=x@evil.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '',
  ])('refuses %s', (url) => {
    expect(isAllowedUrl(url)).toBe(false)
  })

  it('refuses whatever is an allowed address with something before, behind or changed', () => {
    const urls = Object.values(externalUrls)
    fc.assert(
      fc.property(fc.constantFrom(...urls), fc.string(), fc.string(), (url, before, after) => {
        const changed = before + url + after
        expect(isAllowedUrl(changed)).toBe(urls.includes(changed))
      }),
    )
  })
})
