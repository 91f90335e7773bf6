import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeLock } from '../../../../scripts/setup/run-lock.mjs'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-lock-'))
  file = join(folder, 'cache', 'setup.lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

const noWait = () => expect.unreachable('it must not wait')

describe('takeLock', () => {
  it('is taken and given back', async () => {
    const release = await takeLock(file, noWait)
    expect(readFileSync(file, 'utf8')).toBe(String(process.pid))
    release()
    expect(existsSync(file)).toBe(false)
  })

  it('makes a second run wait for the first, and tells it once', async () => {
    const order: string[] = []
    const release = await takeLock(file, noWait)
    const second = takeLock(file, () => order.push('waiting')).then((done) => {
      order.push('second')
      done()
    })
    await new Promise((resolve) => setTimeout(resolve, 500))
    order.push('first is done')
    release()
    await second
    expect(order).toEqual(['waiting', 'first is done', 'second'])
  })

  it('takes over from a process that is gone', async () => {
    ;(await takeLock(file, noWait))()
    writeFileSync(file, '4194999')
    const release = await takeLock(file, noWait)
    expect(readFileSync(file, 'utf8')).toBe(String(process.pid))
    release()
  })

  it('takes over from a holder that has not touched it for long', async () => {
    ;(await takeLock(file, noWait))()
    writeFileSync(file, '1')
    utimesSync(file, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000))
    ;(await takeLock(file, noWait))()
  })

  it('does not give back what another run has taken over', async () => {
    const release = await takeLock(file, noWait)
    writeFileSync(file, '1')
    release()
    expect(existsSync(file)).toBe(true)
  })
})
