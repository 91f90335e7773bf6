import { problemCodes } from '#shared/contract/problems.ts'
import { failureCodes } from '#shared/domain/failure-codes.ts'
import { migrationStates } from '#shared/domain/migration-state.ts'
import { exceptionOutcomes, objectReasons } from '#shared/domain/object-outcome.ts'
import { remainingNotes as noteCodes } from '#shared/domain/progress-model.ts'
import { fieldNames, fieldProblemCodes } from '#shared/domain/text-rules.ts'
import { localProblemCodes } from '#shared/ipc/problems.ts'
import { type Finding, findingCodes } from '#shared/ipc/source-check.ts'
import { describe, expect, it } from 'vitest'
import { exceptionWords } from '../../../../src/renderer/copy/exceptions.ts'
import { failureWords } from '../../../../src/renderer/copy/failures.ts'
import { fieldLabels, fieldProblemWords, fixLabel } from '../../../../src/renderer/copy/fields.ts'
import { checkAnnouncement, findingFixLabel, findingWords } from '../../../../src/renderer/copy/findings.ts'
import { keptUntilQuitWords, notForgottenWords } from '../../../../src/renderer/copy/keychain.ts'
import { stateWords } from '../../../../src/renderer/copy/history.ts'
import {
  migrationCopy,
  outcomeHeadlines,
  remainingNotes,
  waitingWords,
} from '../../../../src/renderer/copy/migration.ts'
import { reportCopy } from '../../../../src/renderer/copy/outcome.ts'
import { problemWords } from '../../../../src/renderer/copy/problems.ts'
import { reviewCopy, sourceCopy } from '../../../../src/renderer/copy/wizard.ts'
import { listedPhase } from '../../../../src/renderer/presenters/migration-presenter.ts'
import { migration, verification } from '../fixtures.ts'

const finding = (code: Finding['code'], facts: Finding['facts'] = {}): Finding => ({
  code,
  severity: 'problem',
  facts,
  fixes: [],
})
const sentence = /^[A-Z“].*[.?]$/

describe('every code has its words', () => {
  it.each([...problemCodes, ...localProblemCodes])('E10: problem %s', (code) => {
    const words = problemWords({ code }, 'GNOME Keyring')
    expect(words.title).not.toBe('')
    expect(words.text).toMatch(sentence)
  })

  it('B8: a refused secret says why, each reason in its own words', () => {
    const titles = ['signature-mismatch', 'invalid-access-key', 'stopped'].map((reference) => {
      const { title, text } = problemWords({ code: 'source-not-ready', reference }, '')
      expect(text).toMatch(sentence)
      return title
    })
    expect(new Set(titles).size).toBe(3)
    expect(titles[0]).toContain('secret key')
    expect(titles[1]).toContain('access key')
  })

  it.each(findingCodes)('E1-E9: finding %s, also without facts', (code) => {
    const words = findingWords(finding(code))
    expect(words.title).not.toBe('')
    expect(`${words.title} ${words.text}`).not.toMatch(/undefined|null|NaN/)
    expect(words.text).toMatch(sentence)
  })

  it.each(failureCodes)('S16: failure %s, on each side', (code) => {
    for (const side of ['source', 'destination', 'worker'] as const) {
      for (const account of [null, verification(0, { failed: 2 }), verification(0, { 'kept-different': 2 })]) {
        const words = failureWords({ code, side }, migration({ verification: account }))
        expect(words.title).not.toBe('')
        expect(words.meaning).toMatch(sentence)
        expect(words.action).toMatch(sentence)
      }
    }
  })

  it.each(objectReasons)('B3, E10: reason %s, with each outcome', (reason) => {
    for (const outcome of exceptionOutcomes) {
      const { short, meaning, action } = exceptionWords({ outcome, reason })
      expect(short.length).toBeGreaterThan(3)
      expect(short.length).toBeLessThanOrEqual(24)
      expect(meaning).toMatch(sentence)
      expect(action).toMatch(sentence)
    }
  })

  it('B3: an unknown reason still says what became of the file', () => {
    const shorts = exceptionOutcomes.map((outcome) => exceptionWords({ outcome, reason: 'unknown' }).short)
    expect(new Set(shorts).size).toBe(exceptionOutcomes.length)
  })

  it.each(migrationStates)('B6: state %s in the history', (state) =>
    expect(stateWords[listedPhase(migration({ state }))]).toMatch(/^[A-Z]/),
  )

  it.each(noteCodes)('B5: %s as a reason for a later end', (note) => expect(remainingNotes[note]).toMatch(sentence))

  it.each(failureCodes)('B8: waiting for either end because of %s', (code) => {
    for (const side of ['source', 'destination'] as const) {
      const words = waitingWords({ side, code, nextTryAt: '2026-11-22T12:00:20Z' }, false)
      expect(words.title).toMatch(sentence)
      expect(words.text).toMatch(/ at \d\d:\d\d:20; nothing is lost\.$/)
    }
  })

  it('B3: a report that could not be saved says why, as far as the system told', () => {
    const texts = ['ENOSPC', 'EACCES', 'EIO'].map((reference) => {
      const words = problemWords({ code: 'report-not-saved', reference }, '')
      expect(words.text).toMatch(sentence)
      return words.text
    })
    expect(new Set(texts).size).toBe(3)
    expect(texts[0]).toContain('full')
  })

  it('B13: an unusable API address says why, each reason in its own words', () => {
    const titles = ['not-an-origin', 'not-https', 'fixed', 'ENOTFOUND'].map((reference) => {
      const { title, text } = problemWords({ code: 'api-origin-unusable', reference }, '')
      expect([title, text]).toEqual([expect.stringMatching(sentence), expect.stringMatching(sentence)])
      return title
    })
    expect(new Set(titles).size).toBe(4)
  })

  it('B13: each way in which a keychain fails says so by its name, and that the key is in memory only', () => {
    const codes = ['keychain-locked', 'keychain-denied', 'keychain-timeout', 'keychain-unavailable'] as const
    const kept = codes.map((code) => keptUntilQuitWords({ code }, 'KWallet').text)
    const notForgotten = codes.map((code) => notForgottenWords({ code }, 'KWallet').text)
    expect([new Set(kept).size, new Set(notForgotten).size]).toEqual([4, 4])
    for (const text of [...kept, ...notForgotten]) expect(text).toMatch(/^KWallet /)
    for (const text of kept) expect(text).toContain('in memory only, never in a file')
    expect(keptUntilQuitWords({ code: 'keychain-locked' }, 'KWallet').title).toContain('only until the app quits')
    for (const code of codes) {
      const { title, text } = problemWords({ code }, 'your keyring (Secret Service)')
      expect(title).toMatch(/^Your keyring \(Secret Service\) /)
      expect(text).toContain('in memory only until the app quits')
    }
    expect(problemWords({ code: 'keychain-locked' }, 'macOS Keychain').title).toBe('macOS Keychain is locked.')
  })

  it('every field problem, for every field', () => {
    for (const field of fieldNames) {
      expect(fieldLabels[field]).not.toBe('')
      for (const code of [...fieldProblemCodes, 'malformed'] as const) {
        expect(fieldProblemWords({ field, code, limit: 63 })).toMatch(sentence)
      }
    }
  })

  it('says nothing twice: different refusals read differently', () => {
    const texts = findingCodes.map((code) => findingWords(finding(code)).text)
    expect(new Set(texts).size).toBe(texts.length)
    // E3 is one row: may not list, may not read.
    const titles = findingCodes.map((code) => findingWords(finding(code)).title)
    expect(new Set(titles).size).toBe(titles.length - 1)
  })
})

describe('labels that product.md fixes letter for letter', () => {
  it.each([
    ['E1', finding('invalid-access-key'), 'Source credentials rejected — InvalidAccessKeyId'],
    ['E2', finding('signature-mismatch'), 'Source credentials rejected — SignatureDoesNotMatch'],
    ['E3', finding('access-denied'), 'Source credentials rejected — AccessDenied'],
    ['E3', finding('object-not-readable', { key: 'a.txt' }), 'Source credentials rejected — AccessDenied'],
    ['E4', finding('bucket-not-found'), 'Source bucket not found'],
    ['E5', finding('nothing-there'), 'No objects found at source bucket/prefix'],
    [
      'E6',
      finding('region-mismatch', { sentRegion: 'us-east-1', expectedRegion: 'us-west-2' }),
      "AuthorizationHeaderMalformed — region 'us-east-1' is wrong; expecting 'us-west-2'",
    ],
    ['E7', finding('archived-object', { objects: 2 }), 'Object in GLACIER, restore first'],
  ])('%s', (_row, shown, title) => expect(findingWords(shown).title).toBe(title))

  it('E8, S5, S12-S16', () => {
    expect(problemWords({ code: 'migration-live' }, '').title).toBe('You already have a migration in progress')
    expect(failureWords({ code: 'archived-object', side: 'source' }, migration()).title).toBe('Object in GLACIER, restore first')
    expect([sourceCopy.checking, reviewCopy.starting]).toEqual(Array(2).fill('Validating source credentials…'))
    expect([sourceCopy.customProvider, reviewCopy.start]).toEqual(['Custom endpoint…', 'Start migration'])
    expect(outcomeHeadlines).toEqual({
      completed: 'Migration complete',
      'completed-with-exceptions': 'Migration finished with exceptions',
      failed: 'Migration failed',
      cancelled: 'Migration cancelled',
    })
    expect(reportCopy.save).toBe('Save report…')
    expect([migrationCopy.recentActivity, migrationCopy.cancel, migrationCopy.startAnother]).toEqual([
      'Recent activity',
      'Cancel migration',
      'Start another migration',
    ])
  })
})

describe('what is read out of a check', () => {
  const good: Finding = { ...finding('source-readable'), severity: 'good' }
  it('S5: that it runs, and how it ended and why', () => {
    expect(checkAnnouncement({ kind: 'running', progress: null })).toBe('Validating source credentials…')
    const counting = { kind: 'running', progress: { findings: [good], survey: null } } as const
    // Heard once: what ticks is for the eye.
    expect(checkAnnouncement(counting)).toBe('Counting files…')
    expect(checkAnnouncement({ kind: 'blocked', findings: [good, finding('bucket-not-found')], isStale: false })).toBe(
      'The source is not ready yet. Source bucket not found',
    )
    expect(checkAnnouncement({ kind: 'ready', findings: [good], isStale: false })).toBe(
      'The source is ready. The files can be read',
    )
    expect(checkAnnouncement({ kind: 'none' })).toBe('')
  })
})

describe('fix buttons', () => {
  it.each([
    [{ region: 'us-west-2', endpoint: 'https://s3.us-west-2.amazonaws.com' }, 'Use us-west-2'],
    [{ bucket: 'photos', prefix: '2024/' }, 'Use bucket photos and prefix 2024/'],
    [{ prefix: '' }, 'Copy the whole bucket'],
    [{ destinationPrefix: '' }, 'Use no prefix'],
  ])('%o reads %s', (fix, label) => expect(fixLabel(fix)).toBe(label))

  it('S2: which of a folder and an object of one name is a button each', () => {
    const both = finding('folder-or-object', { folder: 'photos/', object: 'photos' })
    expect(findingFixLabel(both, { prefix: 'photos/' })).toBe('Copy the folder photos/')
    expect(findingFixLabel(both, { prefixMeans: 'object' })).toBe('Copy the one object photos')
    expect(findingFixLabel(finding('nothing-there'), { prefix: 'photos/' })).toBe('Use photos/')
  })

  it('says after a sign-out that the key could not be taken out of the keychain, whatever the reason', () => {
    for (const code of ['keychain-locked', 'keychain-timeout', 'keychain-denied', 'keychain-unavailable'] as const) {
      const words = problemWords({ code, reference: 'key-not-removed' }, 'GNOME Keyring')
      expect(words.title).toContain('may still be in GNOME Keyring')
    }
  })
})
