import { emptyProgress } from '#shared/domain/progress-model.ts'
import { describe, expect, it } from 'vitest'
import {
  inventoryNotes,
  phaseText,
  remainingText,
  throughputText,
  waitingWords,
} from '../../../../src/renderer/copy/migration.ts'

const verifying = { ...emptyProgress, totalObjects: 51_002, verifiedObjects: 12_000 }
const MIB = 1024 * 1024

describe('the live migration in words', () => {
  it('B3: verification says how far it is, and never more than there is', () => {
    expect(phaseText('verifying', verifying)).toBe('Comparing 12,000 of 51,002 files…')
    expect(phaseText('verifying', { ...verifying, verifiedObjects: 60_000 })).toBe('Comparing 51,002 of 51,002 files…')
    expect(phaseText('verifying', emptyProgress)).toBe('Checking that every file arrived…')
    expect(phaseText('copying', verifying)).toBe('Copying')
  })

  it('B5: is honest about the time left while it is unknown, and silent while nothing moves', () => {
    expect(remainingText('copying', { ...emptyProgress, remainingSeconds: 720 })).toBe('About 12 min left')
    expect(remainingText('copying', emptyProgress)).toBe('Estimating time left…')
    for (const phase of ['waiting-for-source', 'secret-needed', 'cancelling'] as const) {
      expect(remainingText(phase, { ...emptyProgress, remainingSeconds: 720 })).toBeNull()
    }
  })

  it('B8: tells which end is silent and when it is tried again', () => {
    const waiting = { side: 'source', code: 'unreachable', nextTryAt: '2026-11-22T12:00:20Z' } as const
    expect(waitingWords(waiting, false).title).toBe('Your source is not answering.')
    expect(waitingWords(waiting, true).text).toBe('Carolina Cloud is trying again now; nothing is lost.')
    expect(waitingWords({ ...waiting, side: 'destination', code: 'throttled' }, false).title).toBe(
      'Carolina Cloud’s storage asks to slow down.',
    )
  })

  it('S17: says beforehand what will not be copied, and nothing when there is nothing to say', () => {
    const none = { objects: 0, bytes: 0 }
    expect(inventoryNotes({ storageClasses: [], archived: none, oddKeys: none })).toEqual([])
    const [archived, odd] = inventoryNotes({
      storageClasses: [],
      archived: { objects: 12, bytes: 1 },
      oddKeys: { objects: 1, bytes: 1 },
    })
    expect(archived).toBe('12 archived files cannot be copied; they will be listed at the end.')
    expect(odd).toMatch(/^1 file has an unusual name;/)
  })

  it('B5: gives the graph’s figures in text', () => {
    const graph = { line: '', area: '', lowest: 60 * MIB, highest: 193 * MIB, spanSeconds: 6120 }
    expect(throughputText(graph)).toBe('Between 60 MiB/s and 193 MiB/s in 1 h 42 min')
    expect(throughputText({ ...graph, lowest: 193 * MIB })).toBe('193 MiB/s for 1 h 42 min')
  })
})
