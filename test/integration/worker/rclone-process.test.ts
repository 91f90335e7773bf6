import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MIB } from '#shared/domain/units.ts'
import { chooseGuard } from '../../../server/worker/rclone/parent-death-guard.ts'
import { startRcloneProcess } from '../../../server/worker/rclone/rclone-process.ts'
import { destinationKey, newRclonePid, rclonePath, rclonePids, sourceKey, useRcloneScene } from './support/rclone-scene.ts'

const scene = useRcloneScene()
const NO_WAY_OUT = 'socks5://127.0.0.1:9'

function isAlive(pid: number): boolean {
  // A zombie that nobody has reaped yet is dead for our purpose.
  return existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

/** rclone's folder, which holds its socket, as its environment names it. */
async function controlFolder(pid: number): Promise<string> {
  const environ = await readFile(`/proc/${pid}/environ`, 'utf8')
  return environ.split('\0').find((pair) => pair.startsWith('TMPDIR='))?.slice('TMPDIR='.length) ?? 'none'
}

describe('what leaks and what stays', () => {
  it('puts no secret into log, argv or environment, and leaves no process and no folder', async () => {
    await scene.seedMany(4, MIB)
    const known = new Set(await rclonePids())
    const job = scene.startCopy({ capBytesPerSecond: MIB })
    const pid = await newRclonePid(known)
    await expect.poll(() => scene.log.length > 0).toBe(true)
    for (const file of ['cmdline', 'environ']) {
      const text = await readFile(`/proc/${pid}/${file}`, 'utf8')
      for (const secret of [sourceKey.secretAccessKey, destinationKey.secretAccessKey]) expect(text).not.toContain(secret)
    }
    const environ = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0').map((pair) => pair.split('=')[0])
    expect(environ.filter(Boolean).toSorted()).toEqual(['HOME', 'PATH', 'RCLONE_HTTP_PROXY', 'RCLONE_RC_PASS', 'RCLONE_RC_USER', 'TMPDIR'])
    const folder = await controlFolder(pid)
    expect(existsSync(folder)).toBe(true)
    await job.cancel()
    await scene.copy({ source: scene.sourceEnd(undefined, 'wrong-but-S3cret') })
    expect(JSON.stringify(scene.log)).not.toContain('S3cret')
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(folder)).toBe(false)
  })

  it.each([
    ['kernel', ['/usr/bin/setpriv']],
    ['watchdog', []],
  ] as const)('dies with a worker that is killed outright (%s)', async (kind, setprivCandidates) => {
    if (kind === 'kernel' && chooseGuard(setprivCandidates).kind !== 'kernel') return
    const folder = join(import.meta.dirname, '../../../server/worker/rclone')
    const program = `
      import { startRcloneProcess } from ${JSON.stringify(join(folder, 'rclone-process.ts'))}
      import { chooseGuard } from ${JSON.stringify(join(folder, 'parent-death-guard.ts'))}
      const guard = chooseGuard(${JSON.stringify(setprivCandidates)})
      const started = await startRcloneProcess({ rclonePath: ${JSON.stringify(rclonePath)}, egressUrl: ${JSON.stringify(NO_WAY_OUT)}, capBytesPerSecond: null, maxBufferBytes: 1 << 26, onLogLine() {}, guard })
      console.log(guard.kind, started.value.pid)
      setInterval(() => undefined, 1_000)`
    const worker = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    scene.cleanUpWith(async () => {
      worker.kill('SIGKILL')
      await Promise.resolve()
    })
    const [said] = (await once(worker.stdout.setEncoding('utf8'), 'data')) as [string]
    const [guardKind, pidText] = said.trim().split(' ')
    const pid = Number(pidText)
    expect(guardKind).toBe(kind)
    expect(isAlive(pid)).toBe(true)
    worker.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false)
  })

  it('lets only its owner near the control socket', async () => {
    const started = await startRcloneProcess({
      rclonePath,
      egressUrl: NO_WAY_OUT,
      capBytesPerSecond: null,
      maxBufferBytes: 64 * MIB,
      onLogLine: () => undefined,
    })
    if (!started.ok) throw new Error(started.error.message)
    scene.cleanUpWith(() => started.value.stop())
    const folder = await controlFolder(started.value.pid)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    const unauthorised = await new Promise<number | undefined>((resolve, reject) => {
      request({ socketPath: join(folder, 's'), path: '/rc/noop', method: 'POST', auth: 'worker:guess' }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      }).on('error', reject).end()
    })
    expect(unauthorised).toBe(401)
  })
})
