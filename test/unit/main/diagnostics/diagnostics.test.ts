import { Writable } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import { ok } from '#shared/domain/result.ts'
import { Secret } from '#shared/domain/secret.ts'
import type { AppFacts, AppSnapshot } from '#shared/ipc/snapshot.ts'
import { createDiagnostics } from '../../../../src/main/diagnostics/diagnostics-service.ts'
import { diagnosticsText } from '../../../../src/main/diagnostics/diagnostics-text.ts'
import { knownTexts } from '../../../../src/main/diagnostics/known-texts.ts'
import { createLogTail, MAX_LINE_LENGTH, MAX_LINES } from '../../../../src/main/diagnostics/log-tail.ts'
import { createAppState } from '../../../../src/main/snapshot/app-state.ts'
import { current, MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

const facts: AppFacts = {
  appVersion: '0.1.0',
  platform: 'linux',
  keychainName: 'GNOME Keyring',
  apiOrigin: 'https://migrate-api.carolinacloud.io',
  apiOriginSource: 'default',
  isDemo: false,
}
const system = { system: 'Linux 6.1 x64', runtime: 'Electron 45.4.1', isPackaged: true, isSandboxed: true }
const account = { id: OTHER_ID, email: 'maya@lab.org', organisation: { id: OTHER_ID, name: 'Lab', role: 'admin' as const }, capBytesPerSecond: 1 }
const failure = { code: 'access-denied', side: 'source', message: 'AccessDenied: secret/plan.pdf', exitCode: 1 } as const
const shown = current({ state: 'failed', failure })
const snapshot: AppSnapshot = {
  ...createAppState().snapshot(),
  session: { kind: 'signed-in', account, keyKeeping: { kind: 'until-quit', reason: { code: 'keychain-locked' } } },
  current: shown,
  connectionProblem: { problem: { code: 'api-unreachable', reference: 'ECONNREFUSED' }, since: '2026-11-22T10:00:00.000Z' },
}
const secrets = [Secret.of('cc_abc'), Secret.of('minio123'), null]
const remembered = [{ endpoint: 'https://store.lab.org/tenant7', accessKeyId: 'labkey' }]
const nobodys = ['maya@lab.org', 'Lab', 'photos', 'cc-ada', 'My Storage', 'AKIAEXAMPLE', 'cc_abc', 'minio123', 'https://store.lab.org/tenant7', 'labkey', '/home/m']

describe('diagnostics report', () => {
  const known = knownTexts({ snapshot, followed: current(), secrets, remembered, homeDir: '/home/m' })
  // As bad as it could come: lines that should never have been logged.
  const logLines = [`{"event":"x","place":"/home/m/app","said":"${nobodys.join(' ')}"}`, '{"event":"window-crashed"}']
  const text = diagnosticsText({ madeAt: new Date(0), facts, system, snapshot, logLines, known })

  it('B13: tells support what it needs', () => {
    for (const part of ['0.1.0', 'Electron 45.4.1', 'Linux 6.1 x64', 'until-quit, keychain-locked', 'ECONNREFUSED', MIGRATION_ID]) {
      expect(text).toContain(part)
    }
    expect(text).toContain('state: failed, revision 1, attempt 1')
    expect(text).toContain('failure: source, access-denied')
    expect(text).toContain('window-crashed')
    expect(text).toContain('Sandbox: on')
    const off = { ...system, isSandboxed: false }
    expect(diagnosticsText({ madeAt: new Date(0), facts, system: off, snapshot, logLines, known })).toContain('Sandbox: off')
  })

  it.each(nobodys)('S9, B13: tells nobody %s', (secret) => expect(text).not.toContain(secret))

  it('S9, B13: says that and why a migration failed, without the words of the store', () => {
    for (const part of ['plan.pdf', 'tenant7']) expect(text).not.toContain(part)
  })

  it('is whole without an account, a migration or a log', () => {
    const empty = createAppState().snapshot()
    const words = diagnosticsText({ madeAt: new Date(0), facts, system, snapshot: empty, logLines: [], known: [] })
    expect(words).toContain('Session: restoring')
    expect(words).not.toMatch(/undefined|\[object/)
  })
})

describe('saving it', () => {
  it('B13: saves what was read, letter for letter, though the app has gone on', async () => {
    let made = 0
    const written: string[] = []
    const files = {
      write: vi.fn((_path: string, fill: (open: () => Promise<Writable>) => Promise<unknown>) => {
        const write = (chunk: Buffer, _encoding: string, done: () => void): void => {
          written.push(String(chunk))
          done()
        }
        return fill(() => Promise.resolve(new Writable({ write })))
      }),
    }
    const asked: string[] = []
    const diagnostics = createDiagnostics({
      makeText: () => `report ${String((made += 1))}`,
      askWhereTo: (name) => Promise.resolve(asked.push(name) > 1 ? null : `/tmp/x/${name}`),
      files: files as never,
      now: () => new Date('2026-11-22T10:00:00Z'),
    })
    expect(diagnostics.read()).toEqual(ok('report 1'))
    const name = 'carolina-migrate-diagnostics-2026-11-22.txt'
    expect(await diagnostics.save()).toEqual(ok({ kind: 'saved', fileName: name }))
    expect(written).toEqual(['report 1'])
    expect(await diagnostics.save()).toEqual(ok({ kind: 'not-chosen' }))
    expect([made, files.write.mock.calls.length, asked[0]]).toEqual([1, 1, name])
  })
})

describe('log tail', () => {
  it('keeps the last lines only, each within bounds', () => {
    const tail = createLogTail()
    for (let line = 0; line < MAX_LINES + 5; line++) tail.writeLine(`line ${String(line)}`)
    tail.writeLine('x'.repeat(10_000))
    expect(tail.lines()).toHaveLength(MAX_LINES)
    expect(tail.lines()[0]).toBe('line 6')
    expect(tail.lines().at(-1)?.length).toBe(MAX_LINE_LENGTH + 1)
  })
})
