/**
 * @param {string} text anything that holds a version, such as "rclone v1.75.2" or "v24.21.0"
 * @returns {string | null} "1.75.2"
 */
export function findVersion(text) {
  return /\d+\.\d+(?:\.\d+)*/.exec(text)?.[0] ?? null
}

/**
 * @param {string} left
 * @param {string} right
 * @returns {number} below zero, zero or above zero, part by part and as numbers (1.9 < 1.75)
 */
export function compareVersions(left, right) {
  const a = left.split('.').map(Number)
  const b = right.split('.').map(Number)
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
