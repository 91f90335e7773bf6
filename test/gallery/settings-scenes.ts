import type { RequestAnswer } from '#shared/ipc/channels.ts'
import type { Scene } from './bridge-double.ts'
import { longAccount, longSource, signedIn, snapshot } from './fixtures.ts'
import { current } from './migration-fixtures.ts'

const base = snapshot()
const preferences = { ...base.preferences, isLaunchedAtLogin: true }
const remembered = [
  { endpoint: 'https://s3.us-east-1.amazonaws.com', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
  { endpoint: longSource.endpoint, accessKeyId: longSource.accessKeyId },
]
const diagnostics: RequestAnswer<'readDiagnostics'> = {
  ok: true,
  value: `Carolina Migrate, diagnostics report

## App
Version: 0.1.0
Report made: 2026-11-22T14:32:00.000Z

## System
Linux 6.12.0 x64
Electron 45.4.1, Chrome 156.0.8078.79, Node 24.21.0
Installed: yes

## Account
Session: signed-in, key kept: keychain
Keychain: GNOME Keyring

## Last events
{"at":"2026-11-22T14:31:58.102Z","level":"warn","event":"deep-link-ignored","length":21}
`,
}
const licences: RequestAnswer<'readLicences'> = ['Electron', 'React', 'React Aria Components', 'Zod', 'got', 'zustand'].map(
  (name) => ({ name, version: '1.2.3', licence: 'MIT', text: 'MIT License\n\nPermission is hereby granted, free of charge …' }),
)
const settings: Scene = { snapshot: snapshot({ preferences }), remembered, diagnostics, licences }

/** B13. Each begins with a press on `Settings`; but for the link and the sign-in. */
export const settingsScenes: Readonly<Record<string, Scene>> = {
  'settings-top': settings,
  'settings-general': settings,
  'settings-refused': {
    ...settings,
    preferences: { ok: false, error: { code: 'login-item-not-changed', reference: 'EACCES' } },
  },
  'settings-not-installed': {
    snapshot: snapshot({ preferences: { ...preferences, isLaunchedAtLogin: null, theme: 'dark' } }),
  },
  'settings-sources': settings,
  'settings-no-sources': { snapshot: snapshot({ preferences }) },
  'settings-locked': { ...settings, forget: { ok: false, error: { code: 'keychain-locked' } } },
  'settings-address': { ...settings, facts: { apiOrigin: 'https://migrate.example.org', apiOriginSource: 'settings' } },
  'settings-address-refused': {
    ...settings,
    apiOrigin: { ok: false, error: { code: 'api-origin-unusable', reference: 'ENOTFOUND' } },
  },
  'settings-address-fixed': { ...settings, facts: { apiOriginSource: 'environment' } },
  'settings-updates-idle': { ...settings, snapshot: snapshot({ preferences, updates: { kind: 'idle', checkedAt: '2026-11-22T14:32:00Z' } }) },
  'settings-updates-loading': {
    ...settings,
    snapshot: snapshot({ preferences, updates: { kind: 'downloading', version: '0.2.0', percent: 43 } }),
  },
  'settings-updates-ready': {
    ...settings,
    snapshot: snapshot({ preferences, updates: { kind: 'ready', version: '0.2.0' } }),
    updateRestart: { ok: false, error: { code: 'update-held' } },
  },
  'settings-updates-damaged': {
    ...settings,
    snapshot: snapshot({ preferences, updates: { kind: 'failed', failure: 'damaged' } }),
  },
  'settings-updates-off': {
    ...settings,
    snapshot: snapshot({ preferences, updates: { kind: 'off', reason: 'system-package' } }),
  },
  'settings-help': settings,
  'settings-diagnostics': { ...settings, saveDiagnostics: { ok: true, value: { kind: 'saved', fileName: 'report.txt' } } },
  'settings-licences': settings,
  'settings-long': {
    ...settings,
    snapshot: snapshot({
      session: {
        ...signedIn(longAccount),
        kind: 'signed-in',
        account: longAccount,
        keyKeeping: { kind: 'until-quit', reason: { code: 'keychain-locked' } },
      },
      preferences,
    }),
  },
  'link-not-found': { snapshot: snapshot({ current: current(), linkProblem: { code: 'not-found' } }) },
  'self-hosting': { snapshot: snapshot({ session: { kind: 'signed-out', problem: null } }) },
}
