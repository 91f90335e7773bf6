import keytar from 'keytar'

const SERVICE = 'io.carolinacloud.migrate'

/** The system's keychain, looked at past the app. */
export function readKeychain(apiOrigin: string): Promise<string | null> {
  return keytar.getPassword(SERVICE, `api-key@${apiOrigin}`)
}

export async function emptyKeychain(): Promise<void> {
  for (const { account } of await keytar.findCredentials(SERVICE)) await keytar.deletePassword(SERVICE, account)
}
