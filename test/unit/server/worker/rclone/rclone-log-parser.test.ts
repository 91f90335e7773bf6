import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createLineSplitter,
  isCopiedEntry,
  parseRcloneLogLine,
} from '../../../../../server/worker/rclone/rclone-log-parser.ts'

const receivedAt = '2026-01-02T03:04:05.000Z'

// Lines as rclone 1.75.2 wrote them.
const copiedLine =
  '{"time":"2026-11-22T12:50:47.943312918Z","level":"info","msg":"Copied (new)","size":117,"object":"d2/f17","objectType":"*s3.Object","source":"operations/copy.go:382"}'
const failedLine =
  '{"time":"2026-11-22T12:50:48.389370843Z","level":"error","msg":"Failed to copy: context canceled\\n","object":"a b/ü.txt"}'

describe('parseRcloneLogLine', () => {
  it('reads time, level, object, size and message', () => {
    expect(parseRcloneLogLine(copiedLine, receivedAt)).toEqual({
      at: '2026-11-22T12:50:47.943Z',
      level: 'info',
      object: 'd2/f17',
      size: 117,
      message: 'Copied (new)',
    })
    expect(parseRcloneLogLine(failedLine, receivedAt)).toEqual({
      at: '2026-11-22T12:50:48.389Z',
      level: 'error',
      object: 'a b/ü.txt',
      message: 'Failed to copy: context canceled',
    })
  })

  it.each([
    ['', null],
    ['  \n', null],
    ['panic: boom', { at: receivedAt, level: 'notice', message: 'panic: boom' }],
    ['{"level":"err', { at: receivedAt, level: 'notice', message: '{"level":"err' }],
    ['{"level":7,"time":"soon"}', { at: receivedAt, level: 'notice', message: '{"level":7,"time":"soon"}' }],
    ['{"level":"constructor","msg":"x"}', { at: receivedAt, level: 'notice', message: 'x' }],
    ['{"level":"critical","msg":"x","size":-1}', { at: receivedAt, level: 'error', message: 'x' }],
  ])('takes %j as it is', (line, expected) => {
    expect(parseRcloneLogLine(line, receivedAt)).toEqual(expected)
  })

  it('never throws and never loses a message, whatever the line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (line) => {
        const entry = parseRcloneLogLine(line, receivedAt)
        expect(entry === null).toBe(line.trim() === '')
        if (entry !== null) expect(typeof entry.message).toBe('string')
      }),
    )
  })

  it('gives back the key and message that rclone encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string(), (object, msg) => {
        const line = JSON.stringify({ level: 'info', object, msg })
        expect(parseRcloneLogLine(line, receivedAt)).toEqual({
          at: receivedAt,
          level: 'info',
          object,
          message: msg.trimEnd(),
        })
      }),
    )
  })
})

describe('isCopiedEntry', () => {
  it.each([
    ['Copied (new)', true],
    ['Copied (replaced existing)', true],
    ['Multi-thread Copied (new)', true],
    ['Copied (new) to: p/q/f3', true],
    ['Failed to copy: x', false],
    ['There was nothing to transfer', false],
  ])('%s: %s', (message, expected) => {
    expect(isCopiedEntry({ at: receivedAt, level: 'info', object: 'k', message })).toBe(expected)
  })

  it('needs an object', () => {
    expect(isCopiedEntry({ at: receivedAt, level: 'info', message: 'Copied (new)' })).toBe(false)
  })
})

describe('createLineSplitter', () => {
  it('finds the same lines however the stream is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '\n', '{') })
    fc.assert(
      fc.property(fc.array(text), (chunks) => {
        const splitter = createLineSplitter()
        const lines = [...chunks.flatMap((chunk) => splitter.push(chunk)), splitter.rest()]
        expect(lines).toEqual(chunks.join('').split('\n'))
      }),
    )
  })

  it('cuts a line without end instead of keeping it', () => {
    const splitter = createLineSplitter()
    for (let turn = 0; turn < 100; turn += 1) splitter.push('x'.repeat(4_096))
    expect(splitter.push('\nnext\n').map((line) => line.length)).toEqual([65_536, 4])
  })
})
