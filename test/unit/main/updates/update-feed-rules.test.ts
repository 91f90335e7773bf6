import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isOfFeed, parseFeedUrl, withoutIdentity } from '../../../../src/main/updates/update-feed-rules.ts'

const written = (url: string) => `provider: generic\nurl: ${url}\nupdaterCacheDirName: carolina-migrate-updater\n`

describe('the feed (B13)', () => {
  it.each([
    ['https://downloads.example.com/migrate', 'https://downloads.example.com/migrate'],
    ["'https://downloads.example.com/migrate'", 'https://downloads.example.com/migrate'],
    ['http://127.0.0.1:8080/feed', 'http://127.0.0.1:8080/feed'],
    ['http://downloads.example.com/migrate', null],
    ['http://127.0.0.1.example.com/', null],
    ['https://user:word@downloads.example.com/', null],
    ['file:///etc', null],
    ['', null],
  ])('in a package that says %s is %s', (url, feed) => {
    expect(parseFeedUrl(written(url))).toBe(feed)
  })

  it('is none where the package names none', () => {
    expect(parseFeedUrl('provider: github\n')).toBeNull()
  })

  it.each([
    ['https://d.example.com/migrate/latest-linux.yml?noCache=1', true],
    ['https://d.example.com/migrate/a/b.AppImage', true],
    ['https://d.example.com/migrate-other/x', false],
    ['https://d.example.com/', false],
    ['https://d.example.com/migrate/../secret', false],
    ['http://d.example.com/migrate/x', false],
    ['https://elsewhere.example.com/migrate/x', false],
    ['nonsense', false],
  ])('takes %s for its own: %s', (address, isOwn) => {
    expect(isOfFeed('https://d.example.com/migrate', address)).toBe(isOwn)
    expect(isOfFeed('https://d.example.com/migrate/', address)).toBe(isOwn)
  })

  it('is not told which installation asks', () => {
    fc.assert(
      fc.property(fc.mixedCase(fc.constant('x-user-staging-id')), fc.string(), (name, value) => {
        expect(withoutIdentity({ [name]: value, accept: '*/*' })).toEqual({ accept: '*/*' })
      }),
    )
  })
})
