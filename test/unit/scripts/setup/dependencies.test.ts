import { describe, expect, it } from 'vitest'
import { isInstalled } from '../../../../scripts/setup/dependencies/lockfile-match.mjs'

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    server: { version: '0.1.0' },
    'node_modules/server': { resolved: 'server', link: true },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/only-mac': { version: '1.0.0', optional: true },
  },
}
const { '': _root, 'node_modules/only-mac': _mac, ...here } = wanted.packages

describe('isInstalled', () => {
  it('accepts what npm leaves: no root entry, no packages for other platforms', () => {
    expect(isInstalled(wanted, { packages: here })).toBe(true)
  })

  it.each([
    ['nothing is installed', null],
    ['a package is missing', { packages: { server: here.server, 'node_modules/server': here['node_modules/server'] } }],
    ['a version differs', { packages: { ...here, 'node_modules/zod': { version: '4.6.6' } } }],
    ['a copy stands where a workspace link should', { packages: { ...here, 'node_modules/server': { version: '0.1.0' } } }],
    ['a removed package is still there', { packages: { ...here, 'node_modules/gone': { version: '1.0.0' } } }],
  ])('refuses when %s', (_case, installed) => {
    expect(isInstalled(wanted, installed)).toBe(false)
  })
})
