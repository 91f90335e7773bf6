import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterEvent,
  firstCheckMs,
  initialModel,
  type Installation,
  isHeld,
  isRelease,
  nextCheckMs,
  type UpdateEvent,
  updateFailure,
  whyOff,
} from '../../../../src/main/updates/update-rules.ts'

const appImage: Installation = {
  isPackaged: true,
  platform: 'linux',
  appImage: '/home/ada/Carolina-Migrate.AppImage',
  program: '/tmp/.mount_Carolina/carolina-migrate',
  feedUrl: 'https://downloads.example.com/migrate',
}

describe('who looks for updates (B13)', () => {
  it.each<[string, Partial<Installation>, ReturnType<typeof whyOff>]>([
    ['an AppImage', {}, null],
    ['macOS', { platform: 'darwin', appImage: null }, null],
    ['Windows', { platform: 'win32', appImage: null }, null],
    ['the source code', { isPackaged: false }, 'not-installed'],
    ['a deb or rpm', { appImage: null, program: '/opt/Carolina Migrate/carolina-migrate' }, 'system-package'],
    ['a distribution’s own package', { appImage: null, program: '/usr/lib/carolina-migrate/carolina-migrate' }, 'system-package'],
    ['an unpacked archive', { appImage: null, program: '/home/ada/carolina-migrate/carolina-migrate' }, 'archive'],
    ['a package without a feed', { feedUrl: null }, 'no-feed'],
    ['Windows without a feed', { platform: 'win32', appImage: null, feedUrl: null }, 'no-feed'],
  ])('%s', (_name, patch, reason) => {
    expect(whyOff({ ...appImage, ...patch })).toBe(reason)
  })
})

describe('when it looks (B13)', () => {
  const minute = 60_000
  it('some minutes after the start, then daily, at an hour of its own', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
        expect(firstCheckMs(random)).toBeGreaterThanOrEqual(3 * minute)
        expect(firstCheckMs(random)).toBeLessThanOrEqual(8 * minute)
        expect(Math.abs(nextCheckMs(random) - 24 * 60 * minute)).toBeLessThanOrEqual(2 * 60 * minute)
      }),
    )
  })

  it('not while the wizard is filled in, a migration is dispatched, or waits for its secret', () => {
    const free = { isWizardInUse: false, isDispatching: false, isHandoverPending: false }
    expect(isHeld(free)).toBe(false)
    for (const part of Object.keys(free)) expect(isHeld({ ...free, [part]: true })).toBe(true)
  })
})

describe('what is shown (B13)', () => {
  const after = (...events: UpdateEvent[]) => events.reduce(afterEvent, initialModel).state
  const at = new Date('2026-11-22T10:00:00Z')
  const began = { kind: 'check-began' } as const
  const found = { kind: 'found', version: '0.2.0' } as const
  const unreachable = (isTold: boolean): UpdateEvent => ({ kind: 'failed', failure: 'unreachable', isTold })

  it('a check that finds nothing says when it was', () => {
    expect(after(began)).toEqual({ kind: 'checking' })
    expect(after(began, { kind: 'nothing-newer', at })).toEqual({ kind: 'idle', checkedAt: at.toISOString() })
  })

  it('a download in whole percents that never fall, and what is ready', () => {
    const percents = [0.4, 43.9, 12, 250].map((percent): UpdateEvent => ({ kind: 'progressed', percent }))
    const seen = percents.map((_, index) => after(began, found, ...percents.slice(0, index + 1)))
    expect(seen.map((state) => state.kind === 'downloading' && state.percent)).toEqual([0, 43, 43, 100])
    expect(after(began, found, { kind: 'downloaded' })).toEqual({ kind: 'ready', version: '0.2.0' })
  })

  it('nothing without a network, unless it was asked for; what was known stays', () => {
    expect(after(began, { kind: 'nothing-newer', at }, began, unreachable(false))).toEqual({
      kind: 'idle',
      checkedAt: at.toISOString(),
    })
    expect(after(began, unreachable(true))).toEqual({ kind: 'failed', failure: 'unreachable' })
    expect(after(began, found, { kind: 'failed', failure: 'damaged', isTold: false })).toEqual({
      kind: 'failed',
      failure: 'damaged',
    })
  })

  it('is never ready without a download that has ended well, whatever happens', () => {
    const event = fc.oneof(
      fc.constant<UpdateEvent>(began),
      fc.constant<UpdateEvent>({ kind: 'nothing-newer', at }),
      fc.constant<UpdateEvent>({ kind: 'downloaded' }),
      fc.double().map((percent): UpdateEvent => ({ kind: 'progressed', percent })),
      fc.boolean().map((isTold): UpdateEvent => ({ kind: 'failed', failure: 'damaged', isTold })),
    )
    fc.assert(
      fc.property(fc.array(event), (events) => {
        expect(after(...events).kind).not.toBe('ready')
      }),
    )
  })
})

describe('versions', () => {
  it.each([['0.2.0', true], ['10.0.1+abc', true], ['0.2.0-beta.1', false], ['v0.2.0', false], ['', false]])(
    'takes %s by itself: %s',
    (version, isTaken) => expect(isRelease(version)).toBe(isTaken),
  )
})

describe('what went wrong (B13)', () => {
  const coded = (code: string, message = code) => Object.assign(new Error(message), { code })
  it.each<[unknown, ReturnType<typeof updateFailure>]>([
    [coded('ERR_CHECKSUM_MISMATCH'), 'damaged'],
    [coded('ERR_UPDATER_INVALID_SIGNATURE'), 'damaged'],
    [coded('ERR_UPDATER_NO_CHECKSUM'), 'damaged'],
    [new Error('Code signature at URL file:///x did not pass validation'), 'damaged'],
    [new Error('net::ERR_INTERNET_DISCONNECTED'), 'unreachable'],
    [coded('ECONNRESET'), 'unreachable'],
    [coded('HTTP_ERROR_503'), 'unreachable'],
    [coded('ERR_UPDATER_CHANNEL_FILE_NOT_FOUND'), 'unreachable'],
    [coded('ERR_UPDATER_INVALID_UPDATE_INFO'), 'not-understood'],
    [coded('ENOSPC'), 'disk-full'],
    [coded('DOWNLOAD_LOST'), 'lost'],
    [coded('EACCES'), 'not-replaced'],
    ['thrown text', 'not-understood'],
  ])('%s is %s', (error, failure) => {
    expect(updateFailure(error)).toBe(failure)
  })
})
