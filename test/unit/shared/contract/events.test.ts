import { describe, expect, it } from 'vitest'
import { HEARTBEAT_MS, streamSilenceLimitMs } from '#shared/contract/events.ts'

describe('how long an event stream may be silent (S14)', () => {
  it.each([
    ['missing two beats', '15000', 30_000],
    ['never shorter than the usual two, on a test’s API', '20', 2 * HEARTBEAT_MS],
    ['never so long that a dead line is not noticed', '600000', 45_000],
    ['of an API that is older than this app', undefined, 45_000],
    ['of nonsense', 'soon', 45_000],
  ])('%s', (_why, told, limit) => expect(streamSilenceLimitMs(told)).toBe(limit))
})
