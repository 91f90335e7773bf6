import { describe, expect, it } from 'vitest'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startAnyKeyStore } from './support/any-key-store.ts'
import { patientScene } from './support/patient-copy.ts'
import { type Fault, isRead, type RcloneScene, useRcloneScene } from './support/rclone-scene.ts'

const scene = useRcloneScene()

/** A source that answers reads of some objects in its own way; counts the reads of each. */
async function peculiarSource(faults: Readonly<Record<string, (reads: number) => Fault>>) {
  const reads: Record<string, number> = {}
  const endpoint = await scene.faultProxy(scene.source, (incoming) => {
    const key = Object.keys(faults).find((one) => isRead(incoming, one))
    if (key === undefined) return null
    reads[key] = (reads[key] ?? 0) + 1
    return faults[key]?.(reads[key]) ?? null
  })
  return { source: scene.sourceEnd(endpoint), reads }
}
const archived: Fault = { status: 403, code: 'InvalidObjectState' }
const denied: Fault = { status: 403, code: 'AccessDenied' }
/** Not retried inside rclone, so that the worker itself has to. */
const peculiar: Fault = { status: 400, code: 'Peculiar' }
const seedInto = async (target: RcloneScene['destination'], key: string, body: string): Promise<void> =>
  await writeFile(join(target.dataDir, 'to', key), body)

describe('objects that fail alone', () => {
  it('B3 S17: the copy is made all the same, by one run, and each object’s reason is noted', async () => {
    await scene.seed({ 'in/a': '1', 'in/old': '2', 'in/secret': '3', 'in/gone': '4' })
    const { source, reads } = await peculiarSource({
      'in/old': () => archived,
      'in/secret': () => denied,
      'in/gone': () => ({ status: 404, code: 'NoSuchKey' }),
    })
    const patient = patientScene(scene, { source, target: { kind: 'folder', prefix: 'in/' } })

    expect(await patient.copy()).toEqual({ kind: 'copied' })
    expect(await scene.destinationFiles()).toEqual({ a: '1' })
    expect(patient.failures.find('in/old')).toMatchObject({ reason: 'archived-object' })
    expect(patient.failures.find('in/old')?.detail).toContain('Object in GLACIER, restore first')
    expect(patient.failures.find('in/secret')).toMatchObject({ reason: 'access-denied' })
    expect(patient.failures.find('in/gone')).toMatchObject({ reason: 'source-not-found' })
    expect(patient.failures.find('in/a')).toBeNull()
    expect(patient.runs()).toBe(1)
    expect(reads).toEqual({ 'in/old': 1, 'in/secret': 1, 'in/gone': 1 })
  })

  it('B3: an object is noted by its key as it is, which rclone writes in its own way', async () => {
    const [key, copied] = ['in/line\nbreak\x7f.txt', 'in/tab\t.txt']
    const objects = { [key]: { body: '1', isDenied: true }, [copied]: { body: '2' } } as const
    const store = await startAnyKeyStore({ bucket: 'from', objects })
    const patient = patientScene(scene, { source: scene.sourceEnd(store.endpoint), target: { kind: 'folder', prefix: 'in/' } })
    patient.failures.note(copied, { reason: 'throttled', detail: 'of an earlier attempt' })

    expect(await patient.copy()).toEqual({ kind: 'copied' })
    await store.stop()
    expect(patient.failures.find(key)).toMatchObject({ reason: 'access-denied' })
    expect(patient.failures.find(copied)).toBeNull()
  })

  it('B3: a single object that cannot be read is noted as well', async () => {
    await scene.seed({ 'docs/report.pdf': 'report' })
    const { source } = await peculiarSource({ 'docs/report.pdf': () => archived })
    const patient = patientScene(scene, { source, target: { kind: 'object', key: 'docs/report.pdf' } })

    expect(await patient.copy()).toEqual({ kind: 'copied' })
    expect(patient.failures.find('docs/report.pdf')).toMatchObject({ reason: 'archived-object' })
  })

  it('B3: a key that the destination cannot take does not end the others', async () => {
    await scene.seed({ a: '1', b: '2', c: '3' })
    const endpoint = await scene.faultProxy(scene.destination, ({ method, url }) =>
      method === 'PUT' && url?.startsWith('/to/b') === true ? { status: 400, code: 'KeyTooLongError' } : null,
    )
    const patient = patientScene(scene, { destination: scene.destinationEnd(endpoint) })

    expect(await patient.copy()).toEqual({ kind: 'copied' })
    expect(Object.keys(await scene.destinationFiles()).toSorted()).toEqual(['a', 'c'])
    expect(patient.failures.find('b')).toMatchObject({ reason: 'key-too-long' })
    expect(patient.runs()).toBe(1)
  })

  it('B8: what failed for a passing reason is tried again, and forgotten when it arrives', async () => {
    await scene.seed({ a: '1', b: '2', old: '3' })
    const { source, reads } = await peculiarSource({
      a: (times) => (times === 1 ? peculiar : null),
      old: () => archived,
    })
    const patient = patientScene(scene, { source })

    expect(await patient.copy()).toEqual({ kind: 'copied' })
    expect(await scene.destinationFiles()).toEqual({ a: '1', b: '2' })
    expect([patient.failures.find('a'), patient.failures.find('old')?.reason]).toEqual([null, 'archived-object'])
    expect(reads['a']).toBe(2)
    expect(patient.runs()).toBe(2)
  })

  it('B8: what keeps failing gets three attempts, and a reason', async () => {
    await scene.seed({ a: '1', b: '2' })
    const { source, reads } = await peculiarSource({ a: () => peculiar })
    const patient = patientScene(scene, { source })

    expect(await patient.copy()).toEqual({ kind: 'copied' })
    expect(patient.failures.find('a')).toMatchObject({ reason: 'copy-failed' })
    expect(reads['a']).toBe(3)
    expect(patient.waits).toEqual([])
  })
})

describe('a copy that fails as a whole', () => {
  it('S18: a full destination ends it at the first attempt, with its row', async () => {
    await scene.seedMany(50, 100)
    const endpoint = await scene.faultProxy(scene.destination, ({ method }) =>
      method === 'PUT' ? { status: 403, code: 'QuotaExceeded' } : null,
    )
    const patient = patientScene(scene, { destination: scene.destinationEnd(endpoint) })

    const failure = { code: 'quota-exceeded', side: 'destination' }
    expect(await patient.copy()).toMatchObject({ kind: 'failed', failure })
    expect(patient.runs()).toBe(1)
  })

  it('B3: an ETag that turns out to be no checksum is told apart', async () => {
    await scene.seed({ a: '1' })
    const endpoint = await scene.faultProxy(scene.destination, ({ method }) =>
      method === 'PUT' ? { status: 400, code: 'BadDigest' } : null,
    )
    const destination = scene.destinationEnd(endpoint)

    expect(await patientScene(scene, { destination }).copy()).toEqual({ kind: 'digest-refused' })
    const trusting = patientScene(scene, { destination })
    expect(await trusting.copy({ isEtagOpaque: true })).toEqual({ kind: 'copied' })
    expect(trusting.failures.find('a')).toMatchObject({ reason: 'copy-failed' })
  })
})

describe('what is at the destination already', () => {
  const targets = [
    ['a bucket', { kind: 'bucket' }],
    ['one object', { kind: 'object', key: 'a' }],
  ] as const

  it.each(targets)('B4: of %s it is replaced when it differs', async (_what, target) => {
    await scene.seed({ a: 'new' })
    await seedInto(scene.destination, 'a', 'older')
    const patient = patientScene(scene, { target })

    expect(await patient.copy()).toEqual({ kind: 'copied' })
    expect(await scene.destinationFiles()).toEqual({ a: 'new' })
  })

  it.each(targets)('B4: of %s it stays, when nothing may be overwritten', async (_what, target) => {
    await scene.seed({ a: 'new', ...(target.kind === 'bucket' ? { b: 'more' } : {}) })
    await seedInto(scene.destination, 'a', 'older')
    const patient = patientScene(scene, { target, existing: 'never-overwrite' })

    expect(await patient.copy()).toEqual({ kind: 'copied' })
    expect(await scene.destinationFiles()).toEqual({ a: 'older', ...(target.kind === 'bucket' ? { b: 'more' } : {}) })
    expect(patient.copiedObjects()).toBe(target.kind === 'bucket' ? 1 : 0)
  })

  it('B4: a list of names does not overrule that', async () => {
    await scene.seed({ a: 'new', b: 'more' })
    await seedInto(scene.destination, 'a', 'older')
    const forcedPathsFile = join(scene.source.dataDir, 'paths')
    await writeFile(forcedPathsFile, 'a\0b\0')
    const patient = patientScene(scene, { existing: 'never-overwrite' })

    expect(await patient.copy({ forcedPathsFile })).toEqual({ kind: 'copied' })
    expect(await scene.destinationFiles()).toEqual({ a: 'older', b: 'more' })
  })
})
