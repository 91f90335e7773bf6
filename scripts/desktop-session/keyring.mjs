import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { runCommand } from '../setup/run-command.mjs'
import { startService } from './start-service.mjs'

const READY_MS = 15_000

/**
 * A keychain of its own, unlocked, in the session's private folders.
 * @param {{ wrap: readonly string[], env: NodeJS.ProcessEnv, password?: string }} input password: random and known to
 *   nobody, unless somebody wants to unlock it again
 */
export function startKeyring({ wrap, env, password = randomBytes(24).toString('hex') }) {
  const command = [...wrap, 'gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets']
  const { child } = startService({ command, env, input: password })
  return { child, ready: waitUntilUnlocked(wrap, env).then(() => ({})) }
}

/**
 * @param {readonly string[]} wrap
 * @param {NodeJS.ProcessEnv} env
 */
async function waitUntilUnlocked(wrap, env) {
  const ask = ['dbus-send', '--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets/aliases/default']
  const locked = ['org.freedesktop.DBus.Properties.Get', 'string:org.freedesktop.Secret.Collection', 'string:Locked']
  const [file = '', ...args] = [...wrap, ...ask, ...locked]
  for (const until = Date.now() + READY_MS; Date.now() < until; await sleep(50)) {
    const reply = await runCommand(file, args, { env, timeoutMs: 5_000 })
    if (reply.stdout.includes('boolean false')) return
  }
  throw new Error(`The session's keyring was not unlocked after ${READY_MS / 1000} s.`)
}
