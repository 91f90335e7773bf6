import { APP_NAME } from './app-words.ts'

/** The headings of the report that goes to support. */
export const diagnosticsWords = {
  title: `${APP_NAME}, diagnostics report`,
  app: 'App',
  version: 'Version',
  updates: 'Updates',
  made: 'Report made',
  system: 'System',
  installed: 'Installed',
  sandbox: 'Sandbox',
  account: 'Account',
  session: 'Session',
  keychain: 'Keychain',
  connection: 'Carolina Cloud',
  address: 'Address',
  connected: 'Reachable, as far as known',
  settings: 'Settings',
  migration: 'Current migration',
  log: 'Last events',
  nothing: 'none',
} as const
