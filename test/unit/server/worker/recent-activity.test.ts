import { describe, expect, test } from 'vitest'
import { createRecentActivity } from '../../../../server/worker/recent-activity.ts'

const now = () => new Date('2026-11-22T10:00:00Z')
const start = (redact = (text: string) => text) => createRecentActivity({ redact, now })

describe('recent activity', () => {
  test('S13: at most twenty copied objects are named between two writes, the rest is counted', () => {
    const activity = start()
    for (let index = 0; index < 500; index += 1) activity.addCopied(`photos/${index}.jpg`)
    const lines = activity.drain().map(({ text }) => text)
    expect(lines).toHaveLength(21)
    expect(lines[0]).toBe('copied photos/0.jpg')
    expect(lines.at(-1)).toBe('copied 480 more objects')
    expect(activity.drain()).toEqual([])
    activity.addCopied('next')
    expect(activity.drain()).toEqual([{ at: '2026-11-22T10:00:00.000Z', level: 'info', text: 'copied next' }])
  })

  test('S16: errors are kept however many objects were copied', () => {
    const activity = start()
    for (let index = 0; index < 50; index += 1) activity.addCopied(String(index))
    for (let index = 0; index < 100; index += 1) activity.add('error', `failed ${index}`)
    expect(activity.drain().filter(({ level }) => level === 'error')).toHaveLength(100)
  })

  test('S9: secrets are taken out before a line is cut, and control characters never reach the database', () => {
    const activity = start((text) => text.replaceAll('SECRET', '[redacted]'))
    activity.add('error', `${'x'.repeat(1_997)}SECRET`)
    activity.add('info', 'a\u0000b\r\nc')
    const [cut, clean] = activity.drain()
    expect(cut?.text).toHaveLength(2_000)
    expect(cut?.text).not.toContain('SEC')
    expect(clean?.text).toBe('a b c')
  })

  test('however much is logged between two writes, memory stays bounded', () => {
    const activity = start()
    for (let index = 0; index < 5_000; index += 1) activity.add('error', `line ${index}`)
    const lines = activity.drain()
    expect(lines).toHaveLength(200)
    expect(lines.at(-1)?.text).toBe('line 4999')
  })
})
