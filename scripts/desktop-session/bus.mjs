import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startService } from './start-service.mjs'

/**
 * A session bus with nothing on it, and nothing that starts by being asked for: an installed notification daemon or
 * keyring would join otherwise, and outlive the session.
 * @param {{ folder: string, wrap: readonly string[], env: NodeJS.ProcessEnv }} input
 */
export function startBus({ folder, wrap, env }) {
  const config = join(folder, 'bus.conf')
  writeFileSync(config, busConfig(join(folder, 'bus')))
  const options = ['--nofork', '--nopidfile', '--nosyslog', '--print-address=3']
  const { child, answer } = startService({ command: [...wrap, 'dbus-daemon', `--config-file=${config}`, ...options], env, answers: true })
  return { child, ready: answer.then((address) => ({ DBUS_SESSION_BUS_ADDRESS: address })) }
}

/** @param {string} socket */
function busConfig(socket) {
  const path = socket.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
}
