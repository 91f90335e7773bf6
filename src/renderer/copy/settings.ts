import type { NotificationTopic, ThemeName } from '../features/settings/settings-model.ts'

export const settingsCopy = {
  title: 'Settings',
  account: 'Account',
  email: 'Email',
  organisation: 'Organisation',
  key: 'API key',
  keptIn: (keychainName: string) => `Kept in ${keychainName}`,
  keptUntilQuit: 'In memory only, until the app quits',
  signOut: 'Sign out',
  general: 'General',
  theme: 'Appearance',
  launchAtLogin: 'Open at login',
  launchAtLoginHint: 'So that you are told when a migration ends, also after a restart.',
  launchAtLoginNotHere: 'Only an installed app can be opened at login.',
  startInTray: 'Start in the tray',
  startInTrayHint: 'When opened at login: no window until you ask for it.',
  keepInTray: 'Stay in the tray when the window is closed',
  keepInTrayHint: 'Otherwise closing the window quits. The migration continues either way, on Carolina Cloud’s side.',
  notifications: 'Notifications',
  notificationsLead: 'None while you look at the migration itself.',
  remembered: 'Remembered sources',
  rememberedLead: (keychainName: string) =>
    `Their secret keys are in ${keychainName}, for running a migration again without typing.`,
  rememberedEmptyTitle: 'No source is remembered.',
  rememberedEmptyText: 'Tick “Remember” when you review a migration, and its source will be listed here.',
  accessKey: 'Access key',
  forget: 'Forget',
  forgetting: 'Forgetting…',
  forgetLabel: (accessKeyId: string, endpoint: string) => `Forget ${accessKeyId} at ${endpoint}`,
  forgotten: 'The source is forgotten.',
  help: 'Help',
  helpLead: 'How it works, and who to ask.',
  documentation: 'Documentation',
  support: 'Write to support',
  diagnostics: 'Diagnostics report',
  diagnosticsLead:
    'For support: versions, settings, states and the last events. Without keys, secrets, names of buckets or your email. Read it before you send it.',
  diagnosticsLabel: 'The report as it will be saved',
  saveDiagnostics: 'Save…',
  savedDiagnostics: (fileName: string) => `Saved as ${fileName}.`,
  preparing: 'Preparing…',
  licences: 'Licences',
  licencesLead: 'Carolina Migrate is built with the work of others:',
  noLicences: 'The list could not be read from this installation. Install the app again to see it.',
} as const

export const themeWords: Readonly<Record<ThemeName, string>> = { system: 'System', light: 'Light', dark: 'Dark' }

export const topicWords: Readonly<Record<NotificationTopic, { readonly name: string; readonly hint: string }>> = {
  completed: { name: 'A migration is complete', hint: 'Everything arrived and was compared.' },
  'needs-attention': {
    name: 'Something needs you',
    hint: 'It failed, some files were not copied, or it waits for the secret key.',
  },
  cancelled: { name: 'A migration was cancelled', hint: 'By somebody else, or on another computer.' },
}

export const apiAddressCopy = {
  title: 'Carolina Cloud address',
  lead: 'For those who run Carolina Cloud’s migration service themselves.',
  selfHosting: 'Self-hosted?',
  label: 'API address',
  placeholder: 'https://migrate.example.org',
  fixed: (origin: string) => `${origin}, fixed by CAROLINA_API_ORIGIN on this computer.`,
  warning: 'Changing it signs you out and starts the app again. A running migration is not touched.',
  warningSignedOut: 'Changing it starts the app again.',
  change: 'Use this address',
  checking: 'Looking for the API…',
  reset: 'Use the usual address',
  restarting: 'The app starts again…',
} as const
