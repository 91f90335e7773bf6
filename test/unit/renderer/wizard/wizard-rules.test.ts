import type { DestinationView } from '#shared/contract/schemas.ts'
import type { SourceCheck } from '#shared/ipc/source-check.ts'
import { describe, expect, it } from 'vitest'
import { copiesLine, reviewSentence } from '../../../../src/renderer/copy/wizard.ts'
import {
  chooseDestination,
  chooseOnlyOne,
  destinationPrefixText,
  enterReview,
  landingKey,
  setDestinationPrefix,
} from '../../../../src/renderer/features/wizard/destination-model.ts'
import {
  applyFix,
  checkAnswered,
  checkProgressed,
  checkStarted,
  chooseForArchived,
  chooseProvider,
  forgetSecret,
  isSourceReady,
  judgeSecret,
  judgeSourceField,
  leaveSource,
  mayLeaveSource,
  secretChanged,
  setSourceField,
  sourceProblems,
  takeCheck,
  takeFieldRefusal,
} from '../../../../src/renderer/features/wizard/source-model.ts'
import { emptyWizard, type WizardState } from '../../../../src/renderer/features/wizard/wizard-state.ts'
import { uuid } from '../fixtures.ts'
import { survey } from './survey-fixture.ts'

const mine: DestinationView = {
  id: uuid(11),
  name: 'My Storage',
  bucket: 'cc-my',
  scope: 'personal',
  organisationName: null,
  isDispatchAllowed: true,
}
const folderReady: SourceCheck = {
  kind: 'ready',
  findings: [],
  target: { kind: 'folder', prefix: 'photos/' },
  firstKey: 'photos/2024/a.jpg',
  survey,
}
const blocked: SourceCheck = {
  kind: 'blocked',
  findings: [{ code: 'bucket-not-found', severity: 'problem', facts: {}, fixes: [] }],
}

const typed: WizardState = {
  ...chooseProvider(emptyWizard, 'aws/us-east-1'),
  source: {
    endpoint: 'https://s3.us-east-1.amazonaws.com',
    region: 'us-east-1',
    accessKeyId: 'AKIAEXAMPLE',
    bucket: 'field',
    prefix: 'photos/',
  },
}
const ready = takeCheck(typed, folderReady)
const codesOf = (state: WizardState) => sourceProblems(state).map(({ field, code }) => `${field}:${code}`)

describe('source fields', () => {
  it('S1: a preset fills endpoint and region; custom starts from them', () => {
    const oregon = chooseProvider(emptyWizard, 'aws/us-west-2')
    expect(oregon.source).toMatchObject({ endpoint: 'https://s3.us-west-2.amazonaws.com', region: 'us-west-2' })
    expect(chooseProvider(oregon, 'custom').source).toEqual(oregon.source)
  })

  it('finds every empty field at once, and nothing wrong with a sound draft', () => {
    expect(codesOf(emptyWizard)).toEqual(['endpoint:not-chosen', 'accessKeyId:empty', 'bucket:empty'])
    expect(codesOf(typed)).toEqual([])
  })

  it('judges a field on leaving it, but does not complain of one still empty', () => {
    expect(judgeSourceField(emptyWizard, 'bucket').problems).toEqual({})
    const state = judgeSourceField(setSourceField(typed, 'bucket', 's3://field/raw'), 'bucket')
    expect(state.problems.bucket).toMatchObject({ code: 'bucket-is-url', repair: { bucket: 'field', prefix: 'raw' } })
    expect(setSourceField(state, 'bucket', 'field').problems).toEqual({})
    expect(judgeSecret(typed, { field: 'secretAccessKey', code: 'empty' })).toBe(typed)
  })

  it('a repair goes into all the fields it names', () => {
    expect(applyFix(typed, { bucket: 'field', prefix: 'raw' }).source).toMatchObject({ bucket: 'field', prefix: 'raw' })
  })

  it('E6: the fix of a preset’s region picks the preset that lies there', () => {
    const fix = { region: 'us-west-2', endpoint: 'https://s3.us-west-2.amazonaws.com' }
    expect(applyFix(typed, fix)).toMatchObject({ providerId: 'aws/us-west-2', source: fix })
    expect(applyFix(typed, { region: 'us-west-2' }).providerId).toBe('aws/us-west-2')
  })

  it('S2: choosing the one object lasts until prefix or bucket is another, and asks for the check', () => {
    const atFolderAndObject = setSourceField(ready, 'prefix', 'photos')
    const chosen = applyFix(takeCheck(atFolderAndObject, folderReady), { prefixMeans: 'object' })
    expect(chosen.source).toMatchObject({ prefix: 'photos', prefixMeans: 'object' })
    expect(isSourceReady(chosen)).toBe(false)
    expect(setSourceField(chosen, 'accessKeyId', 'AKIAOTHER').source.prefixMeans).toBe('object')
    expect(setSourceField(chosen, 'prefix', 'photo').source).not.toHaveProperty('prefixMeans')
    expect(setSourceField(chosen, 'bucket', 'other').source).not.toHaveProperty('prefixMeans')
    expect(applyFix(chosen, { prefix: 'photos/' }).source).not.toHaveProperty('prefixMeans')
  })

  it('E6: a place that no preset has becomes a custom endpoint', () => {
    const state = applyFix(typed, { region: 'cn-north-1', endpoint: 'https://s3.cn-north-1.amazonaws.com.cn' })
    expect(state).toMatchObject({ providerId: 'custom', source: { region: 'cn-north-1' } })
  })
})

describe('check', () => {
  it('is stale after any change, the secret’s included', () => {
    expect(isSourceReady(ready)).toBe(true)
    for (const change of [
      (state: WizardState) => setSourceField(state, 'bucket', 'other'),
      (state: WizardState) => setSourceField(state, 'prefix', ''),
      (state: WizardState) => chooseProvider(state, 'aws/us-east-2'),
      secretChanged,
      forgetSecret,
    ]) {
      expect(isSourceReady(change(ready))).toBe(false)
    }
    expect(isSourceReady(setSourceField(ready, 'bucket', 'field'))).toBe(true)
  })

  it('takes only the answer to the check that runs', () => {
    const running = checkStarted(typed, typed.source)
    expect(isSourceReady(checkAnswered(running, typed.source, folderReady))).toBe(true)
    expect(checkAnswered(running, { ...typed.source }, folderReady)).toBe(running)
    const edited = setSourceField(running, 'bucket', 'other')
    expect(checkAnswered(edited, typed.source, folderReady)).toBe(edited)
    expect(checkAnswered(running, typed.source, { kind: 'stopped' }).check.kind).toBe('none')
  })

  it('shows what the running check has found so far, and nothing of one that no longer runs', () => {
    const progress = { findings: [], survey }
    const running = checkStarted(typed, typed.source)
    expect(checkProgressed(running, progress).check).toMatchObject({ kind: 'running', progress })
    expect(checkProgressed(ready, progress)).toBe(ready)
    expect(checkProgressed(setSourceField(running, 'bucket', 'other'), progress).check.kind).toBe('none')
  })

  it('S5: a source that fails the second check leads back to its step, with what was found', () => {
    expect(takeCheck({ ...ready, step: 'review' }, blocked)).toMatchObject({
      step: 'source',
      check: { kind: 'blocked', isStale: false },
    })
  })

  it('E10: refused fields lead to the step and field of the first', () => {
    const destination = { field: 'destinationPrefix', code: 'too-long' } as const
    const state = takeFieldRefusal({ ...ready, step: 'review' }, [destination, { field: 'region', code: 'region-malformed' }])
    expect(state).toMatchObject({ step: 'source', focusRequest: 'region' })
    expect(Object.keys(state.problems).sort()).toEqual(['destinationPrefix', 'region'])
    // A refused source is no longer ready; a refused destination leaves it so.
    expect(isSourceReady(state)).toBe(false)
    expect(isSourceReady(takeFieldRefusal({ ...ready, step: 'review' }, [destination]))).toBe(true)
  })
})

describe('archived files (S17, B9)', () => {
  const archived = takeCheck(typed, { ...folderReady, survey: { ...survey, archivedObjects: 2, archivedBytes: 9 } })
  it('where none were seen there is nothing to choose', () => {
    expect(leaveSource(ready).step).toBe('destination')
  })
  it('a choice is asked for before going on, each check anew', () => {
    const asked = leaveSource(archived)
    expect(asked).toMatchObject({ step: 'source', check: { isChoiceMissed: true } })
    const chosen = chooseForArchived(asked, 'copy-rest')
    expect(chosen.check).toMatchObject({ isChoiceMissed: false })
    expect(leaveSource(chosen).step).toBe('destination')
    expect(takeCheck(chosen, folderReady).check).toMatchObject({ archivedChoice: null })
  })
  it('who stops there checks again instead of going on', () => {
    const stopped = chooseForArchived(archived, 'stop')
    expect(mayLeaveSource(stopped)).toBe(false)
    expect(leaveSource(stopped)).toBe(stopped)
    expect(mayLeaveSource(setSourceField(archived, 'bucket', 'other'))).toBe(false)
  })
})

describe('destination', () => {
  it('S4: the prefix mirrors the source until it is edited, and again when asked', () => {
    expect(destinationPrefixText(ready)).toBe('photos/')
    const object: SourceCheck = {
      kind: 'ready',
      findings: [],
      target: { kind: 'object', key: 'docs/report.pdf' },
      firstKey: 'docs/report.pdf',
      survey,
    }
    expect(destinationPrefixText(takeCheck(ready, object))).toBe('docs/')
    const edited = setDestinationPrefix(ready, 'archive')
    expect(destinationPrefixText(takeCheck(edited, object))).toBe('archive')
    expect(destinationPrefixText(setDestinationPrefix(edited, null))).toBe('photos/')
    expect(destinationPrefixText(setDestinationPrefix(edited, ''))).toBe('')
  })

  it('S4: tells the exact key of the first file, and none under a prefix that cannot be', () => {
    expect(landingKey(ready)).toBe('photos/2024/a.jpg')
    expect(landingKey(setDestinationPrefix(ready, 'archive'))).toBe('archive/2024/a.jpg')
    expect(landingKey(setDestinationPrefix(ready, ''))).toBe('2024/a.jpg')
    expect(landingKey(setDestinationPrefix(ready, 'a//b'))).toBeNull()
  })

  it('S3: the only bucket one may write to is chosen beforehand, never over a choice', () => {
    const other = { ...mine, id: uuid(12), isDispatchAllowed: false }
    expect(chooseOnlyOne(ready, [other, mine]).destination).toBe(mine)
    expect(chooseOnlyOne(ready, [mine, { ...mine, id: uuid(13) }]).destination).toBeNull()
    expect(chooseOnlyOne(chooseDestination(ready, other), [mine]).destination).toBe(other)
  })

  it('S7: the review begins with a chosen bucket, a sound prefix and a key of its own', () => {
    const at = { ...ready, step: 'destination' as const }
    expect(enterReview(at, uuid(1))).toMatchObject({ step: 'destination', focusRequest: 'destinationBucketId' })
    const chosen = chooseDestination(at, mine)
    expect(enterReview(setDestinationPrefix(chosen, '/x'), uuid(1)).problems.destinationPrefix?.code).toBe(
      'prefix-leading-slash',
    )
    expect(enterReview(chosen, uuid(1))).toMatchObject({ step: 'review', dispatchKey: uuid(1) })
  })
})

describe('sentences', () => {
  it('S2: what the prefix means, sure only where it is', () => {
    expect(copiesLine('', false, null)).toBe('Copies: the whole bucket')
    expect(copiesLine('photos/', false, null)).toBe('Copies: the folder photos/')
    expect(copiesLine('report.pdf', false, null)).toContain('or the folder report.pdf/')
    expect(copiesLine('report.pdf', true, null)).toBe('Copies: the one object report.pdf')
    expect(copiesLine('report.pdf', false, { kind: 'object', key: 'report.pdf' })).toBe('Copies: the one object report.pdf')
  })

  it('says in one sentence what goes where', () => {
    const facts = { sourceBucket: 'field', destination: mine, folder: 'photos/' }
    expect(reviewSentence({ ...facts, target: { kind: 'folder', prefix: 'photos/' } })).toBe(
      'Carolina Cloud will copy the folder photos/ of the bucket field to My Storage, into the folder photos/.',
    )
    expect(reviewSentence({ ...facts, folder: '', target: { kind: 'bucket' } })).toBe(
      'Carolina Cloud will copy the whole bucket field to My Storage.',
    )
  })

  it('S9: the draft has no place for a secret', () => {
    const { isSecretRemembered: _choice, ...rest } = { ...ready, ...ready.source }
    expect(JSON.stringify(Object.keys(rest))).not.toMatch(/secret/i)
  })
})
