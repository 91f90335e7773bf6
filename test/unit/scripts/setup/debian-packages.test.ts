import { describe, expect, it } from 'vitest'
import { chooseNames, findMissing, installCommand, neededPackages } from '../../../../scripts/setup/desktop/debian-packages.mjs'

const listing = (names: readonly string[], status = 'installed') => names.map((name) => `${name} ${status}`).join('\n')

describe('findMissing', () => {
  it('is satisfied by either name of a package', () => {
    expect(findMissing(listing(neededPackages.map((names) => names[0] ?? '')))).toEqual([])
    expect(findMissing(listing(neededPackages.map((names) => names.at(-1) ?? '')))).toEqual([])
  })

  it('does not count what was removed or is half installed', () => {
    expect(findMissing(listing(neededPackages.flat(), 'config-files'))).toEqual(neededPackages)
    expect(findMissing(listing(neededPackages.flat(), 'not-installed'))).toEqual(neededPackages)
    expect(findMissing('')).toEqual(neededPackages)
  })
})

describe('chooseNames', () => {
  const needs = [['libasound2t64', 'libasound2'], ['xvfb']]

  it('takes the name that the release has', () => {
    expect(chooseNames(needs, 'Package: libasound2t64\nProvides: libasound2\n\nPackage: xvfb\n')).toEqual(['libasound2t64', 'xvfb'])
    expect(chooseNames(needs, 'Package: libasound2\n\nPackage: xvfb\n')).toEqual(['libasound2', 'xvfb'])
  })

  it('leaves it to apt to complain about one that it does not know', () => {
    expect(chooseNames(needs, '')).toEqual(['libasound2', 'xvfb'])
  })
})

it('gives an administrator one line to run', () => {
  expect(installCommand(['xvfb', 'libnss3'])).toBe('apt-get update && apt-get install --no-install-recommends -y xvfb libnss3')
})
