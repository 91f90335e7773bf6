/**
 * What the app, its tests and the demo need from a Debian or Ubuntu that has no desktop. Each entry is one need; where
 * releases differ in the name, the newer name comes first.
 * @type {readonly (readonly string[])[]}
 */
export const neededPackages = [
  ['libgtk-3-0t64', 'libgtk-3-0'], // Electron
  ['libnss3'],
  ['libgbm1'],
  ['libasound2t64', 'libasound2'],
  ['libnotify4'], // Electron loads it for notifications
  ['libsecret-1-0'], // the keychain library
  ['fonts-dejavu-core'], // without a font no text is drawn
  ['xvfb'], // a screen of its own
  ['dbus-daemon'], // a bus of its own
  ['dbus-x11'], // satisfies gnome-keyring, which else pulls in systemd
  ['gnome-keyring']
]

/**
 * An S3 store that takes any key, for the integration tests: 69 MB to download.
 * @type {readonly (readonly string[])[]}
 */
export const cephPackages = [['ceph-mon'], ['ceph-osd'], ['radosgw']]

/**
 * @param {string} listing of `dpkg-query -W -f '${Package} ${db:Status-Status}\n'`
 * @param {readonly (readonly string[])[]} needs
 * @returns {(readonly string[])[]} the needs that no installed package meets
 */
export function findMissing(listing, needs = neededPackages) {
  const installed = new Set(
    listing
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0])
  )
  return needs.filter((names) => !names.some((name) => installed.has(name)))
}

/**
 * @param {readonly (readonly string[])[]} needs
 * @param {string} known of `apt-cache --no-all-versions show`: the packages that this release really has
 * @returns {string[]} one package name per need
 */
export function chooseNames(needs, known) {
  const exists = new Set([...known.matchAll(/^Package: (.+)$/gm)].map((match) => match[1]))
  return needs.map((names) => names.find((name) => exists.has(name)) ?? names.at(-1) ?? '')
}

/**
 * @param {readonly string[]} names
 * @returns {string} for an administrator
 */
export function installCommand(names) {
  return `apt-get update && apt-get install --no-install-recommends -y ${names.join(' ')}`
}
