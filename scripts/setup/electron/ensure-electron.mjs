import { join } from 'node:path'
import { SetupError } from '../setup-error.mjs'
import { buildFromCypress, cypressDist, cypressVersion, isCypressHere, isCypressPossible } from './cypress-electron.mjs'
import { findFault, programName } from './electron-program.mjs'
import { discardOfficial, downloadOfficial, isOfficialHere, officialDist, officialVersion, rememberedFailure } from './official-electron.mjs'

/**
 * @typedef {object} ElectronRuntime
 * @property {string} dist folder that holds the program
 * @property {string} program
 * @property {string} version
 * @property {'electron' | 'cypress'} origin Electron's own release, or the one inside Cypress's npm package
 * @property {Record<string, string>} env makes `electron`, Playwright and electron-vite take this one
 */

/**
 * @param {object} input
 * @param {string} input.node
 * @param {import('../desktop/ensure-desktop.mjs').Desktop} input.desktop
 * @param {(line: string) => void} input.log
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectron({ node, desktop, log }) {
  const version = officialVersion()
  if (isOfficialHere()) {
    log(`Electron ${version}: already here.`)
    return describe(officialDist, version, 'electron')
  }
  const failure = rememberedFailure(version) ?? (await tryOfficial({ node, version, desktop, log }))
  if (failure === null) return describe(officialDist, version, 'electron')
  const standIn = `Electron ${cypressVersion} out of Cypress's npm package stands in for ${version}: ${failure}`
  if (isCypressHere()) {
    log(`Electron: already here. ${standIn}.`)
    return describe(cypressDist, cypressVersion, 'cypress')
  }
  if (!isCypressPossible()) {
    throw new SetupError(
      `Electron ${version} could not be had: ${failure}.`,
      'Allow this machine to reach github.com, or name a mirror in ELECTRON_MIRROR, then run this again with SETUP_RETRY=1.'
    )
  }
  log(`Electron: ${standIn}. Fetching it (200 MB) …`)
  const fault = await buildFromCypress(node, desktop).catch((error) => error.message)
  if (fault !== null) {
    throw new SetupError(
      `No Electron could be had. ${version}: ${failure}. ${cypressVersion}: ${fault}.`,
      'Check that this machine reaches github.com or its npm registry and has 2 GB of free disk, then run this again.'
    )
  }
  return describe(cypressDist, cypressVersion, 'cypress')
}

/** @param {{ node: string, version: string, desktop: import('../desktop/ensure-desktop.mjs').Desktop, log: (line: string) => void }} input */
async function tryOfficial({ node, version, desktop, log }) {
  log(`Electron ${version}: downloading (120 MB) …`)
  const failure = await downloadOfficial(node, version)
  if (failure !== null) return failure
  const fault = await findFault(join(officialDist, programName()), version, desktop)
  if (fault !== null) discardOfficial(version, `it does not start: ${fault}`)
  return fault
}

/**
 * @param {string} dist
 * @param {string} version
 * @param {'electron' | 'cypress'} origin
 * @returns {ElectronRuntime}
 */
function describe(dist, version, origin) {
  const program = join(dist, programName())
  /** @type {Record<string, string>} */
  const env = { ELECTRON_OVERRIDE_DIST_PATH: dist, ELECTRON_EXEC_PATH: program }
  return { dist, program, version, origin, env }
}
