import { EventEmitter } from 'node:events'
import type { Response } from 'express'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openEventStream } from '../../../../server/api/event-stream.ts'
import { runningMigration } from '../../../support/running-migration.ts'

/** A response whose client takes bytes or does not, as told. */
class FakeResponse extends EventEmitter {
  readonly written: string[] = []
  isTaking = true
  writableEnded = false
  destroyed = false

  status(): this {
    return this
  }
  set(): this {
    return this
  }
  flushHeaders(): void {}
  write(text: string): boolean {
    if (this.writableEnded) throw new Error('write after end')
    this.written.push(text)
    return this.isTaking
  }
  end(): void {
    this.writableEnded = true
    if (!this.isStuck) this.emit('close')
  }
  destroy(): void {
    this.destroyed = true
    this.emit('close')
  }
  /** As a real one: after `end` it is not closed before its client has taken all. */
  isStuck = false
  takeAgain(): void {
    this.isTaking = true
    this.emit('drain')
  }
  ids(): string[] {
    return this.written.flatMap((text) => /^id: (\d+)/.exec(text)?.[1] ?? [])
  }
}

let response: FakeResponse
let closes: number
const HEARTBEAT_MS = 1_000

beforeEach(() => {
  vi.useFakeTimers()
  response = new FakeResponse()
  closes = 0
})
afterEach(() => vi.useRealTimers())

const open = (knownRevision = 0) =>
  openEventStream(response as unknown as Response, {
    heartbeatMs: HEARTBEAT_MS,
    knownRevision,
    onClose: () => void closes++,
  })

describe('an event stream', () => {
  test('sends only what is newer than what the client has', () => {
    const stream = open(3)
    for (const revision of [2, 3, 4, 4, 3, 5]) stream.offer(runningMigration({ revision }))
    expect(response.ids()).toEqual(['4', '5'])
  })

  test('keeps only the newest for a client that does not take: memory does not grow', () => {
    const stream = open()
    response.isTaking = false
    for (let revision = 1; revision <= 10_000; revision++) stream.offer(runningMigration({ revision }))
    expect(response.ids()).toEqual(['1'])
    response.takeAgain()
    expect(response.ids()).toEqual(['1', '10000'])
  })

  test('ends after the terminal event, also when that had to wait', () => {
    const stream = open()
    response.isTaking = false
    stream.offer(runningMigration({ revision: 1 }))
    stream.offer(runningMigration({ revision: 2, state: 'completed' }))
    expect(response.writableEnded).toBe(false)
    response.takeAgain()
    expect(response.ids()).toEqual(['1', '2'])
    expect([response.writableEnded, closes]).toEqual([true, 1])
  })

  test('beats while the client takes, and gives up one that took nothing for two beats', () => {
    const stream = open()
    vi.advanceTimersByTime(2 * HEARTBEAT_MS)
    expect(response.written.filter((text) => text.startsWith(':'))).toHaveLength(2)
    response.isTaking = false
    stream.offer(runningMigration())
    vi.advanceTimersByTime(HEARTBEAT_MS)
    expect(response.destroyed).toBe(false)
    vi.advanceTimersByTime(HEARTBEAT_MS)
    expect([response.destroyed, closes]).toEqual([true, 1])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('B8: nothing follows the end; a client that leaves it untaken is cut off one beat later', () => {
    const stream = open()
    response.isStuck = true
    stream.end()
    stream.end()
    stream.offer(runningMigration())
    vi.advanceTimersByTime(HEARTBEAT_MS - 1)
    expect(response.destroyed).toBe(false)
    vi.advanceTimersByTime(1)
    expect([response.destroyed, closes]).toEqual([true, 1])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('ends within the hour, so that the key is checked again', () => {
    open()
    vi.advanceTimersByTime(3_600_000)
    expect(response.writableEnded).toBe(true)
  })

  test('a client that left before it began is forgotten too', async () => {
    response.destroyed = true
    open()
    await Promise.resolve()
    expect(closes).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})
