import { describe, expect, it } from 'vitest'
import {
  isQuietLaunch,
  LAUNCHED_AT_LOGIN,
  parseLaunchArguments,
  relaunchArguments,
} from '../../../../src/main/launch/launch-arguments.ts'

const link = 'carolina-migrate://migrations/1'

describe('launch arguments', () => {
  it.each([
    [['app'], { isLaunchedAtLogin: false, link: null }],
    [['app', LAUNCHED_AT_LOGIN], { isLaunchedAtLogin: true, link: null }],
    [['electron', '--no-sandbox', '--inspect=0', '.', LAUNCHED_AT_LOGIN], { isLaunchedAtLogin: true, link: null }],
    [['app', '--allow-file-access-from-files', link], { isLaunchedAtLogin: false, link }],
    [['app', 'Carolina-Migrate://x'], { isLaunchedAtLogin: false, link: 'Carolina-Migrate://x' }],
    [['app', 'https://example.org', '/some/file'], { isLaunchedAtLogin: false, link: null }],
  ])('B13: of %j only what is meant for us', (argv, expected) => expect(parseLaunchArguments(argv)).toEqual(expected))

  it.each([
    [true, true, null, true],
    [true, false, null, false],
    [false, true, null, false],
    [true, true, link, false],
  ])('B13: at login %s, liked in the tray %s, link %s: quiet %s', (isLaunchedAtLogin, isStartedInTray, clicked, isQuiet) => {
    expect(isQuietLaunch({ isLaunchedAtLogin, link: clicked }, { isStartedInTray })).toBe(isQuiet)
  })

  it('a new start is an ordinary one: neither hidden nor for the old link', () => {
    expect(relaunchArguments(['app', '--no-sandbox', LAUNCHED_AT_LOGIN, link, '.'])).toEqual(['--no-sandbox', '.'])
  })
})
