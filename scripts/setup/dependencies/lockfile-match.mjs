/**
 * @typedef {{ version?: string, link?: boolean, resolved?: string, optional?: boolean, devOptional?: boolean }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} Lockfile
 */

/**
 * npm writes `node_modules/.package-lock.json` when an install is complete: what is really there, in the same form as
 * package-lock.json. Packages for other platforms are in the first one only.
 * @param {Lockfile | null} wanted package-lock.json
 * @param {Lockfile | null} installed node_modules/.package-lock.json
 * @returns {boolean}
 */
export function isInstalled(wanted, installed) {
  if (!wanted?.packages || !installed?.packages) return false
  const have = installed.packages
  const complete = Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '') return true
    const found = have[path]
    if (!found) return Boolean(entry.optional || entry.devOptional)
    return entry.link ? Boolean(found.link) : found.version === entry.version
  })
  return complete && Object.keys(have).every((path) => path in (wanted.packages ?? {}))
}
