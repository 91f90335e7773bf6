import { existsSync } from 'node:fs'

const SETPRIV = '/usr/bin/setpriv'

/** Where there is setpriv (Linux), the kernel ends the program when its parent is gone for whatever reason. */
export function dieWithParent(command: string, args: readonly string[]): [command: string, args: string[]] {
  return existsSync(SETPRIV) ? [SETPRIV, ['--pdeathsig', 'KILL', '--', command, ...args]] : [command, [...args]]
}
