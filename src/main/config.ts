import { realpathSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { type ApiOrigin, DEFAULT_API_ORIGIN, parseApiOrigin } from './api-origin/api-origin-rules.ts'
import { isInside } from './security/is-inside.ts'

/** The one reader of the environment. Settings never come by the command line: tools add arguments of their own. */
export interface AppConfig extends ApiOrigin {
  /** Another place for settings than the system's usual one (tests, demo). */
  readonly userDataDir: string | null
  /** The demo's throw-away key and source, for one-click filling. */
  readonly demoFile: string | null
  /** `XDG_CURRENT_DESKTOP`, e.g. `ubuntu:GNOME`; names the keyring on Linux. */
  readonly linuxDesktop: string
  /** Where the app was started as an AppImage: its file. */
  readonly appImage: string | null
}

/** @throws Error with a text for people when a variable makes no sense: better no start than a wrong API. */
export function readConfig(env: NodeJS.ProcessEnv = process.env, execPath = process.execPath): AppConfig {
  return {
    ...readApiOrigin(env['CAROLINA_API_ORIGIN']),
    userDataDir: parsePath('CAROLINA_USER_DATA', env['CAROLINA_USER_DATA']),
    demoFile: parsePath('CAROLINA_DEMO_FILE', env['CAROLINA_DEMO_FILE']),
    linuxDesktop: env['XDG_CURRENT_DESKTOP'] ?? '',
    appImage: readAppImage(env, execPath),
  }
}

function readApiOrigin(text: string | undefined): ApiOrigin {
  if (text === undefined) return { apiOrigin: DEFAULT_API_ORIGIN, apiOriginSource: 'default' }
  const parsed = parseApiOrigin(text)
  if ('origin' in parsed) return { apiOrigin: parsed.origin, apiOriginSource: 'environment' }
  const rule = parsed.problem === 'not-https' ? 'https, or http on this machine' : 'an origin such as https://api.example.com'
  throw new Error(`CAROLINA_API_ORIGIN must be ${rule}`)
}

/**
 * An AppImage passes its name on to every program that is started from it. One that is not ours must never be taken for
 * the app: an update replaces that file.
 */
function readAppImage({ APPIMAGE: file, APPDIR: mounted }: NodeJS.ProcessEnv, execPath: string): string | null {
  if (file === undefined || mounted === undefined || !isAbsolute(file) || !isAbsolute(mounted)) return null
  try {
    return isInside(realpathSync(mounted), realpathSync(execPath)) ? file : null
  } catch {
    return null
  }
}

function parsePath(name: string, text: string | undefined): string | null {
  if (text === undefined || text === '') return null
  if (!isAbsolute(text)) throw new Error(`${name} must be an absolute path`)
  return text
}
