import { existsSync, readFileSync } from 'node:fs'

export interface AppPlaces {
  readonly apiOrigin: string
  /** Settings of the app; a fresh folder per run keeps the user's own out of it. */
  readonly userDataFolder: string
  readonly demoFile?: string
}

/** What the app is started with, besides what the desktop session gives to all its programs. */
export function appEnvironment({ apiOrigin, userDataFolder, demoFile }: AppPlaces): Record<string, string> {
  return {
    CAROLINA_API_ORIGIN: apiOrigin,
    CAROLINA_USER_DATA: userDataFolder,
    ...(demoFile === undefined ? {} : { CAROLINA_DEMO_FILE: demoFile }),
  }
}

/**
 * Chromium's own sandbox needs user namespaces, which root must not use and which some systems close to unpacked
 * programs; without the argument the app would end at once. An installed app has its own way (a setuid helper).
 */
export function sandboxArguments(): readonly string[] {
  if (process.platform !== 'linux') return []
  const isClosed = readSwitch('apparmor_restrict_unprivileged_userns') === '1' || readSwitch('unprivileged_userns_clone') === '0'
  return process.getuid?.() === 0 || isClosed ? ['--no-sandbox'] : []
}

function readSwitch(name: string): string | null {
  const file = `/proc/sys/kernel/${name}`
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null
}
