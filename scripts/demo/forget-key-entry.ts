import keytar from 'keytar'
import { apiKeyItem } from '../../src/main/secrets/keychain.ts'

// Entry: node forget-key-entry.ts API_ORIGIN, a process of its own since a locked keychain may never answer. The demo's
// API is gone for good, so are the secrets that were remembered for it.
const apiOrigin = process.argv[2] ?? ''
const { service, account } = apiKeyItem(apiOrigin)
await keytar.deletePassword(service, account)
for (const item of await keytar.findCredentials(service)) {
  if (item.account.startsWith(`source-secret@${apiOrigin} `)) await keytar.deletePassword(service, item.account)
}
