import { app as electronApp } from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { Module as NodeModule } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Undocumented parts of both, as Electron's own default app uses them. @type {any} */
const app = electronApp
/** @type {any} */
const Module = NodeModule

const { appPath, preloads, wantsVersion } = parseArguments(process.argv.slice(1))

if (wantsVersion) {
  console.log(`v${process.versions.electron}`)
  process.exit(0)
}
if (appPath === null) {
  console.error('usage: electron [--version] [-r module] <folder or file of an app>')
  process.exit(1)
}
// Playwright's loader comes this way; like Node, before the app.
if (preloads.length > 0) Module._preloadModules(preloads)

Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
await startApp(resolve(appPath))

/** @param {readonly string[]} args */
function parseArguments(args) {
  /** @type {string[]} */
  const preloads = []
  /** @type {string | null} */
  let appPath = null
  let wantsVersion = false
  for (let i = 0; i < args.length && appPath === null; i++) {
    const arg = args[i] ?? ''
    if (arg === '--version' || arg === '-v') wantsVersion = true
    else if (arg === '-r' || arg === '--require') preloads.push(args[++i] ?? '')
    else if (arg.startsWith('--app=')) appPath = arg.slice('--app='.length)
    else if (!arg.startsWith('-')) appPath = arg
  }
  return { appPath, preloads, wantsVersion }
}

/** @param {string} target */
async function startApp(target) {
  try {
    const manifestFile = join(target, 'package.json')
    const isFolder = existsSync(manifestFile)
    if (isFolder) introduce(JSON.parse(readFileSync(manifestFile, 'utf8')))
    const entry = Module._resolveFilename(target, null, true)
    app.setAppPath(isFolder ? target : dirname(entry))
    await import(pathToFileURL(entry).href)
  } catch (error) {
    console.error('App threw an error during load')
    console.error(error instanceof Error ? error.stack : error)
    process.exit(1)
  }
}

/** @param {{ name?: string, productName?: string, version?: string, desktopName?: string }} manifest */
function introduce(manifest) {
  if (manifest.version) app.setVersion(manifest.version)
  app.name = manifest.productName ?? manifest.name ?? app.name
  app.setDesktopName?.(manifest.desktopName ?? `${app.name}.desktop`)
}
