import { describe, expect, it } from 'vitest'
import { compareVersions, findVersion } from '../../../../scripts/setup/versions.mjs'

describe('compareVersions', () => {
  it.each([
    ['1.75.0', '1.75.0', 0],
    ['1.75', '1.75.0', 0],
    ['1.9.0', '1.75.0', -1],
    ['1.60.1', '1.75.0', -1],
    ['1.75.2', '1.75.0', 1],
    ['1.100.0', '1.75.9', 1],
    ['2.0', '1.75.9', 1],
  ])('compares %s with %s part by part', (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right))).toBe(sign)
  })
})

describe('findVersion', () => {
  it.each([
    ['rclone v1.75.2', '1.75.2'],
    ['rclone v1.60.1-DEV', '1.60.1'],
    ['v24.21.0\n', '24.21.0'],
    ['no number', null],
  ])('finds it in %j', (text, version) => {
    expect(findVersion(text)).toBe(version)
  })
})
