import { keychainNames } from '../copy/app-words.ts'

/** The keychain's own name. On Linux the desktop decides which keyring runs; unknown desktops get the general name. */
export function keychainName(platform: NodeJS.Platform, linuxDesktop: string): string {
  if (platform === 'darwin') return keychainNames.darwin
  if (platform === 'win32') return keychainNames.win32
  const desktops = linuxDesktop.toUpperCase().split(':')
  if (desktops.some((name) => name.includes('GNOME'))) return keychainNames.gnome
  if (desktops.includes('KDE')) return keychainNames.kde
  return keychainNames.linux
}
