import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChildOptions, startChild } from '../../../scripts/local-stack/child-process.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'child-process-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A child that runs `script` in Node and is up when it prints `up <text>`. */
function nodeChild(script: string, more: Partial<ChildOptions<string>> = {}): ChildOptions<string> {
  return {
    name: 'thing',
    command: process.execPath,
    args: ['-e', script],
    env: { PATH: '/usr/bin:/bin' },
    logFile: join(folder, 'thing.log'),
    readiness: { kind: 'line', find: (line) => /^up (.+)$/.exec(line)?.[1] ?? null },
    ...more,
  }
}

/** One that has ended and only waits for its parent to notice is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    const stat = `/proc/${String(pid)}/stat`
    return !existsSync(stat) || !/\) [ZX] /.test(readFileSync(stat, 'utf8'))
  } catch {
    return false
  }
}

describe('starting a program of the local stack', () => {
  it('waits for its announcement, keeps its log, and ends it', async () => {
    const child = await startChild(nodeChild("console.log('up 4711'); console.error('noise'); setInterval(() => {}, 1000)"))
    expect(child.ready).toBe('4711')
    await child.stop()
    expect(child.isRunning()).toBe(false)
    expect(isAlive(child.pid)).toBe(false)
    expect(await readFile(child.logFile, 'utf8')).toContain('up 4711')
  })

  it('hands on nothing of its own environment', async () => {
    const child = await startChild(nodeChild("console.log('up ' + Object.keys(process.env).sort()); setInterval(() => {}, 1000)"))
    await child.kill()
    expect(child.ready.split(',')).not.toContain('HOME')
  })

  it('tells the last words of one that ends at once', async () => {
    const start = startChild(nodeChild("console.error('the port is taken'); process.exit(3)"))
    await expect(start).rejects.toThrow(/The thing ended at once \(exit code 3\)\. It said:\n +the port is taken/)
  })

  it('tells of a program that is not there', async () => {
    await expect(startChild(nodeChild('', { command: '/nowhere/program' }))).rejects.toThrow(/The thing/)
  })

  it('gives up on one that stays silent, and leaves no process', async () => {
    const script = "require('fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000)"
    const inFolder = script.replace("'pid'", JSON.stringify(join(folder, 'pid')))
    await expect(startChild(nodeChild(inFolder, { startMs: 700 }))).rejects.toThrow('did not come up within 0.7 s')
    expect(isAlive(Number(await readFile(join(folder, 'pid'), 'utf8')))).toBe(false)
  })

  it('ends a start in the middle when it is interrupted', async () => {
    const interruption = new AbortController()
    const probe = (): Promise<null> => {
      interruption.abort(new Error('interrupted'))
      return Promise.resolve(null)
    }
    const child = nodeChild('setInterval(() => {}, 1000)', { readiness: { kind: 'probe', probe }, signal: interruption.signal })
    await expect(startChild(child)).rejects.toThrow('interrupted')
  })

  it('ends what the program has started, too', async () => {
    const grandchild = "require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])"
    const child = await startChild(nodeChild(`console.log('up ' + ${grandchild}.pid); setInterval(() => {}, 1000)`))
    await child.kill()
    await expect.poll(() => isAlive(Number(child.ready))).toBe(false)
  })
})
