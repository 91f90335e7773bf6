import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appFileFor } from '../../../../src/main/security/app-file-rules.ts'
import { APP_START_URL, isAppUrl } from '../../../../src/main/security/app-url.ts'
import { isInside } from '../../../../src/main/security/is-inside.ts'

const root = '/opt/app/out/renderer'

describe('app:// addresses', () => {
  it('serve the start page', () => {
    expect(appFileFor(root, APP_START_URL)).toEqual({ path: `${root}/index.html`, contentType: 'text/html; charset=utf-8' })
  })

  it.each([
    ['another host', 'app://evil/index.html'],
    ['another scheme', 'file:///opt/app/out/renderer/index.html'],
    ['encoded dots', 'app://carolina-migrate/%2e%2e/%2e%2e/package.json'],
    ['encoded slashes', 'app://carolina-migrate/..%2f..%2fmain%2findex.js'],
    ['broken encoding', 'app://carolina-migrate/%zz.js'],
    ['a NUL', 'app://carolina-migrate/index.html%00.js'],
    ['an unknown kind of file', 'app://carolina-migrate/secrets.json'],
    ['a folder', 'app://carolina-migrate/'],
    ['a name and password', 'app://a:b@carolina-migrate/index.html'],
  ])('refuse %s', (_what, url) => {
    expect(appFileFor(root, url)).toBeNull()
  })

  it('never lead out of the root, whatever the path', () => {
    const part = fc.oneof(fc.constantFrom('..', '%2e%2e', '..%2f', '%5c..', '/', 'a.js'), fc.string())
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const file = appFileFor(root, `app://carolina-migrate/${parts.join('/')}x.js`)
        expect(file === null || isInside(root, file.path)).toBe(true)
      }),
    )
  })
})

describe('isAppUrl', () => {
  it.each([
    [APP_START_URL, true],
    ['app://carolina-migrate/anything', true],
    ['app://carolina-migrate.evil/', false],
    ['https://carolina-migrate/index.html', false],
    ['about:blank', false],
    ['', false],
  ])('%s → %s', (url, expected) => {
    expect(isAppUrl(url)).toBe(expected)
  })
})
