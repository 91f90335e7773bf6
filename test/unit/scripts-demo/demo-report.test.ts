import { describe, expect, it } from 'vitest'
import { describeFindings } from '../../../scripts/demo/demo-report.ts'
import { sampleContent, sampleObjects } from '../../../scripts/demo/sample-bucket.ts'

const facts = { seconds: 20.5, rclone: '1.75.2', node: '24.21.0' }
const whole = {
  state: 'completed' as const,
  objects: sampleObjects().length,
  bytes: 1,
  missing: [],
  different: [],
  electron: '33.2.1',
}

describe('the demo’s last line', () => {
  it('says completed when window and comparison agree', () => {
    expect(describeFindings(whole, facts)).toEqual({ ...whole, ...facts, missing: 0, different: 0 })
  })
  it('does not say completed when an object is missing, and names it', () => {
    expect(describeFindings({ ...whole, missing: ['a.txt'] }, facts)).toMatchObject({ state: 'incomplete', missing: 1, keys: ['a.txt'] })
  })
  it('does not say completed when one differs', () => {
    expect(describeFindings({ ...whole, different: ['b.txt'] }, facts)).toMatchObject({ state: 'incomplete', different: 1 })
  })
  it('does not say completed when there was less to compare than the sample has', () => {
    expect(describeFindings({ ...whole, objects: 320 }, facts)).toMatchObject({ state: 'incomplete' })
  })
  it('keeps what the window said when that was no success', () => {
    expect(describeFindings({ ...whole, state: 'failed' }, facts)).toMatchObject({ state: 'failed' })
  })
})

describe('the sample bucket', () => {
  const objects = sampleObjects()

  it('is large and odd enough to mean something', () => {
    expect(objects.length).toBeGreaterThanOrEqual(300)
    expect(objects.reduce((sum, { bytes }) => sum + bytes, 0)).toBeGreaterThanOrEqual(100e6)
    expect(new Set(objects.map(({ key }) => key)).size).toBe(objects.length)
    expect(objects.some(({ bytes }) => bytes === 0)).toBe(true)
    expect(objects.some(({ bytes }) => bytes > 64e6)).toBe(true)
    expect(objects.some(({ key }) => /[^\x00-\x7f]/.test(key) && key.includes(' '))).toBe(true)
  })

  it('has the same content each time and another one per key', () => {
    const [first, second] = objects
    if (first === undefined || second === undefined) throw new Error('the sample is empty')
    expect(sampleContent(first)).toEqual(sampleContent(first))
    expect(sampleContent(first).slice(0, 64)).not.toEqual(sampleContent(second).slice(0, 64))
  })
})
