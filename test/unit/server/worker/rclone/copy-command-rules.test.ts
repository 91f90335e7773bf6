import { describe, expect, it } from 'vitest'
import type { ExistingPolicy } from '#shared/domain/object-outcome.ts'
import type { SourceTarget } from '#shared/domain/s3-location-model.ts'
import { Secret } from '#shared/domain/secret.ts'
import { copyCommand, sourceKeyOf } from '../../../../../server/worker/rclone/copy-command-rules.ts'
import { stragglerFilter } from '../../../../../server/worker/stragglers/rclone-filter.ts'
import { transferProfile } from '../../../../../server/worker/rclone/transfer-profile.ts'

const end = (bucket: string) => ({
  location: { endpoint: 'http://127.0.0.1:9000', region: '', bucket },
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: Secret.of('s3cr3t') },
})
const ends = { source: end('from'), destination: end('to'), existing: 'replace-different' } as const
const commandFor = (target: SourceTarget, destinationPrefix: string, existing: ExistingPolicy = 'replace-different') =>
  copyCommand({ ...ends, target, destinationPrefix, existing })
const several = [{ kind: 'bucket' }, { kind: 'folder', prefix: 'photos/' }] as const

describe('copyCommand', () => {
  it.each([
    [{ kind: 'bucket' }, '', 'from/', 'to/'],
    [{ kind: 'bucket' }, 'backup/', 'from/', 'to/backup/'],
    [{ kind: 'folder', prefix: 'photos/' }, '2026/', 'from/photos/', 'to/2026/'],
  ] as const)('%j to %j', (target, destinationPrefix, fromRoot, toRoot) => {
    expect(commandFor(target, destinationPrefix)).toMatchObject({
      command: 'sync/copy',
      input: { srcFs: { _root: fromRoot }, dstFs: { _root: toRoot, no_head: 'true' } },
    })
  })

  it('copies one object by its exact key, to its name under the destination folder', () => {
    expect(commandFor({ kind: 'object', key: 'docs/report.pdf' }, 'inbox/')).toMatchObject({
      command: 'operations/copyfile',
      input: {
        srcFs: { _root: 'from/' },
        srcRemote: 'docs/report.pdf',
        dstFs: { _root: 'to/' },
        dstRemote: 'inbox/report.pdf',
      },
    })
  })

  it('compares by content, keeps metadata and takes keys as they are', () => {
    expect(commandFor({ kind: 'bucket' }, '').input['_config']).toMatchObject({
      Transfers: transferProfile.transfers,
      CheckSum: true,
      Metadata: true,
      NoUnicodeNormalization: true,
    })
  })
})

describe('a forced copy', () => {
  const forced = (target: SourceTarget) =>
    copyCommand({ ...ends, target, destinationPrefix: '', forcedPathsFile: '/tmp/paths' }).input

  it.each(several)('B3: of %j: only what the list names, beside which rclone takes no other rule', (target) => {
    expect(forced(target)).toMatchObject({ _config: { IgnoreTimes: true } })
    expect(forced(target)['_filter']).toEqual({ FilesFrom0: ['/tmp/paths'] })
  })

  it('B3: of one object: that object', () => {
    const input = forced({ kind: 'object', key: 'a' })
    expect(input).toMatchObject({ srcRemote: 'a', _config: { IgnoreTimes: true } })
    expect(input).not.toHaveProperty('_filter')
  })

  it('otherwise what is there already is not copied', () => {
    const { input } = commandFor({ kind: 'bucket' }, '')
    expect(input['_config']).not.toHaveProperty('IgnoreTimes')
    expect(input['_config']).not.toHaveProperty('IgnoreExisting')
    expect(input['_filter']).not.toHaveProperty('FilesFrom0')
  })
})

describe('what rclone is told to leave alone', () => {
  it.each(several)('B3: stragglers of %j', (target) => {
    expect(commandFor(target, '').input['_filter']).toEqual(stragglerFilter())
  })

  it.each([...several, { kind: 'object', key: 'a' }] as const)('B4: of %j what the destination has, when nothing may be overwritten', (target) => {
    expect(commandFor(target, '', 'never-overwrite').input).toMatchObject({ _config: { IgnoreExisting: true } })
  })
})

describe('sourceKeyOf', () => {
  it('gives the whole key of what rclone names relative to the copied root', () => {
    expect(sourceKeyOf({ kind: 'bucket' }, 'a/b')).toBe('a/b')
    expect(sourceKeyOf({ kind: 'folder', prefix: 'p/' }, 'a/b')).toBe('p/a/b')
    expect(sourceKeyOf({ kind: 'object', key: 'p/a' }, 'p/a')).toBe('p/a')
  })

  it('B3: control characters, which rclone’s log writes as signs, are themselves again', () => {
    const controls = String.fromCharCode(...Array.from({ length: 31 }, (_, index) => index + 1), 0x7f)
    const signs = String.fromCharCode(...Array.from({ length: 31 }, (_, index) => index + 0x2401), 0x2421)
    expect(sourceKeyOf({ kind: 'bucket' }, `a/${signs}.txt`)).toBe(`a/${controls}.txt`)
    // The prefix is not of rclone's writing.
    expect(sourceKeyOf({ kind: 'folder', prefix: 'p␊/' }, 'line␊break␠␀')).toBe('p␊/line\nbreak␠␀')
  })
})
