import { DEEP_LINK_SCHEME } from '../deep-links/deep-link-parser.ts'

/** Written into the login item, so that the app knows who started it. */
export const LAUNCHED_AT_LOGIN = '--launched-at-login'

/** What of a command line is meant for us; tools, desktops and Chromium add arguments of their own, anywhere. */
export interface LaunchArguments {
  readonly isLaunchedAtLogin: boolean
  /** The text of a link that was clicked, as it came; null for none. */
  readonly link: string | null
}

export function parseLaunchArguments(argv: readonly string[]): LaunchArguments {
  return {
    isLaunchedAtLogin: argv.includes(LAUNCHED_AT_LOGIN),
    link: argv.find((argument) => isOurScheme(argument)) ?? null,
  }
}

/** At login, and the person likes it to start in the tray: no window. Whoever clicks a link wants to see something. */
export function isQuietLaunch(
  { isLaunchedAtLogin, link }: LaunchArguments,
  { isStartedInTray }: { readonly isStartedInTray: boolean },
): boolean {
  return isLaunchedAtLogin && isStartedInTray && link === null
}

/** The same start once more: without what was meant for that one moment. */
export function relaunchArguments(argv: readonly string[]): string[] {
  return argv.slice(1).filter((argument) => argument !== LAUNCHED_AT_LOGIN && !isOurScheme(argument))
}

const isOurScheme = (argument: string): boolean => argument.toLowerCase().startsWith(`${DEEP_LINK_SCHEME}:`)
