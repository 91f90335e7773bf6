import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startService } from './start-service.mjs'

/**
 * A screen in memory that only holders of the cookie can draw on or read.
 * @param {{ folder: string, wrap: readonly string[], env: NodeJS.ProcessEnv, screen: string }} input screen: 1400x1000x24
 */
export function startDisplay({ folder, wrap, env, screen }) {
  const authority = join(folder, 'Xauthority')
  writeFileSync(authority, encodeAuthority(randomBytes(16)), { mode: 0o600 })
  const options = ['-screen', '0', screen, '-nolisten', 'tcp', '-noreset', '-auth', authority]
  const { child, answer } = startService({ command: [...wrap, 'Xvfb', '-displayfd', '3', ...options], env, answers: true })
  return { child, ready: answer.then((number) => ({ DISPLAY: `:${number}`, XAUTHORITY: authority })) }
}

/**
 * One entry of an Xauthority file, for any host and any display: the number is not known before the server runs.
 * @param {Buffer} cookie
 * @returns {Buffer}
 */
export function encodeAuthority(cookie) {
  const familyWild = Buffer.from([0xff, 0xff])
  const fields = ['', '', 'MIT-MAGIC-COOKIE-1', cookie].map((field) => {
    const bytes = Buffer.from(field)
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
  })
  return Buffer.concat([familyWild, ...fields])
}
