import { describe, expect, it } from 'vitest'
import { KIB, MIB } from '#shared/domain/units.ts'
import { hurriedPolicy, type PatientScene, patientScene, revive } from './support/patient-copy.ts'
import { type Fault, useRcloneScene } from './support/rclone-scene.ts'

const scene = useRcloneScene()
const COUNT = 120
/** The whole copy takes four seconds, 32 objects at once. */
const capBytesPerSecond = 2 * MIB

async function seedObjects(): Promise<void> {
  await scene.seedMany(COUNT, 64 * KIB)
}
async function expectAllThere(): Promise<void> {
  const files = await scene.destinationFiles()
  expect(Object.keys(files)).toHaveLength(COUNT)
  for (const [key, body] of Object.entries(files)) {
    expect(body).toBe(Buffer.alloc(64 * KIB, Number(key.slice(1))).toString())
  }
}
const someCopied = (patient: PatientScene): Promise<void> =>
  expect.poll(patient.copiedObjects, { timeout: 15_000 }).toBeGreaterThan(2)
const waitsFor = (patient: PatientScene, times: number): Promise<void> =>
  expect.poll(() => patient.waits.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(times)

/** A source behind a double that answers everything with `fault` while there is one. */
async function faultySource() {
  let fault: Fault = null
  let requests = 0
  const endpoint = await scene.faultProxy(scene.source, () => {
    if (fault !== null) requests += 1
    return fault
  })
  return {
    patient: patientScene(scene, { source: scene.sourceEnd(endpoint), capBytesPerSecond }),
    setFault: (next: Fault) => void (fault = next),
    /** That met the fault. */
    requests: () => requests,
  }
}

describe('an end that is killed while rclone copies, and comes back', () => {
  it.each(['source', 'destination'] as const)('B8 S18: the %s: the copy waits, says so, and goes on', async (side) => {
    await seedObjects()
    const patient = patientScene(scene, { capBytesPerSecond })
    const ended = patient.copy()
    await someCopied(patient)
    process.kill(scene[side].pid, 'SIGKILL')
    await waitsFor(patient, 3)
    await revive(scene, side)

    expect(await ended).toEqual({ kind: 'copied' })
    await expectAllThere()
    expect(patient.runs()).toBe(2)
    // What was across is not copied again.
    expect(patient.copiedObjects()).toBeLessThanOrEqual(COUNT)
    expect(patient.waits[0]).toMatchObject({ side, code: 'unreachable' })
    expect(patient.waits.at(-1)).toBeNull()
    expect(patient.lines()).toContain(`${side} not reachable, retrying; next try in 0.2 s`)
    expect(patient.lines()).toContain(`${side} answers again; the copy goes on`)
    for (const key of Object.keys(await scene.destinationFiles())) expect(patient.failures.find(key)).toBeNull()
    expect(patient.shownBytes).toEqual(patient.shownBytes.toSorted((a, b) => a - b))
  })
})

describe('a source that no longer answers as it should', () => {
  it.each([
    ['throttles', { status: 503, code: 'SlowDown' }, 'throttled', 'source asks to slow down, retrying; next try in 0.2 s'],
    ['breaks', { status: 500, code: 'Internal' }, 'unreachable', 'source not reachable, retrying; next try in 0.2 s'],
    ['accepts connections and is silent', 'hang', 'unreachable', 'source: no answer within 1 s'],
  ] as const)('S18: one that %s for a while', async (_what, fault, code, line) => {
    await seedObjects()
    const { patient, setFault, requests } = await faultySource()
    const ended = patient.copy()
    await someCopied(patient)
    setFault(fault)
    await waitsFor(patient, 3)
    setFault(null)

    expect(await ended).toEqual({ kind: 'copied' })
    await expectAllThere()
    expect(patient.waits[0]).toMatchObject({ side: 'source', code })
    expect(patient.lines()).toContain(line)
    // 32 transfers met it at once; beyond that nobody hammers.
    expect(requests()).toBeLessThan(200)
  })

  it('S18: a key that is revoked ends the copy at once, with its row', async () => {
    await seedObjects()
    const { patient, setFault } = await faultySource()
    const ended = patient.copy()
    await someCopied(patient)
    setFault({ status: 403, code: 'InvalidAccessKeyId' })

    expect(await ended).toMatchObject({ kind: 'failed', failure: { code: 'invalid-access-key', side: 'source' } })
    expect(patient.waits).toEqual([])
    expect(patient.runs()).toBe(1)
  })

  it('S18: an end that answers a wait with a refusal ends it, with that row', async () => {
    await seedObjects()
    const { patient, setFault } = await faultySource()
    const ended = patient.copy()
    await someCopied(patient)
    setFault('hang')
    await waitsFor(patient, 2)
    setFault({ status: 403, code: 'AccessDenied' })

    expect(await ended).toMatchObject({ kind: 'failed', failure: { code: 'access-denied', side: 'source' } })
    expect(patient.waits.at(-1)).toBeNull()
    expect(patient.lines()).not.toContain('source answers again; the copy goes on')
  })

  it('S18: patience has an end', async () => {
    await seedObjects()
    const { patient, setFault } = await faultySource()
    const ended = patient.copy({}, { ...hurriedPolicy, patienceMs: 1_000 })
    await someCopied(patient)
    setFault('hang')

    expect(await ended).toMatchObject({ kind: 'failed', failure: { code: 'unreachable', side: 'source' } })
  })

  it('S15: a cancel ends a wait at once', async () => {
    await seedObjects()
    const { patient, setFault } = await faultySource()
    const ended = patient.copy({}, { ...hurriedPolicy, firstPauseMs: 60_000, longestPauseMs: 60_000 })
    await someCopied(patient)
    setFault('hang')
    await waitsFor(patient, 1)
    const askedAt = performance.now()
    patient.stopSwitch.stop('cancelled')

    expect(await ended).toEqual({ kind: 'stopped' })
    expect(performance.now() - askedAt).toBeLessThan(1_000)
    expect(patient.waits.at(-1)).toBeNull()
  })
})

describe('a copy that stands still', () => {
  it('S18: while both ends answer it is started anew once, and then given up', async () => {
    await scene.seed({ a: '1', b: '2' })
    const endpoint = await scene.faultProxy(scene.source, ({ method, url }) =>
      method === 'GET' && url?.startsWith('/from/a') === true ? 'hang' : null,
    )
    const patient = patientScene(scene, { source: scene.sourceEnd(endpoint) })

    const end = await patient.copy()
    expect(end).toMatchObject({ kind: 'failed', failure: { code: 'copy-failed', side: 'worker' } })
    const message = /^nothing has moved for \d+ s, though both ends answer$/
    expect(end.kind === 'failed' && end.failure.message).toMatch(message)
    expect(patient.runs()).toBe(2)
    expect(patient.lines()).toContain('nothing moves, though both ends answer; still trying')
    expect(await scene.destinationFiles()).toEqual({ b: '2' })
  })

  it('S18: a source that is not there from the start is waited for as well', async () => {
    await seedObjects()
    process.kill(scene.source.pid, 'SIGKILL')
    const patient = patientScene(scene)
    const ended = patient.copy()
    await waitsFor(patient, 2)
    await revive(scene, 'source')

    expect(await ended).toEqual({ kind: 'copied' })
    await expectAllThere()
  })
})
