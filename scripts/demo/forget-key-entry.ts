import { createKeytarBackend } from '../../src/main/secrets/keytar-backend.ts'
import { apiKeyItem } from '../../src/main/secrets/keychain.ts'

// Entry: node forget-key-entry.ts API_ORIGIN, a process of its own since a locked keychain may never answer.
const { service, account } = apiKeyItem(process.argv[2] ?? '')
await createKeytarBackend().deletePassword(service, account)
