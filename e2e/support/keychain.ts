import keytar from 'keytar'

const SERVICE = 'io.carolinacloud.migrate'

/** The system's keychain, looked at past the app. */
export function readKeychain(apiOrigin: string): Promise<string | null> {
  return keytar.getPassword(SERVICE, `api-key@${apiOrigin}`)
}

/** The secrets of sources that the keychain holds for anybody. */
export async function readSourceSecrets(): Promise<readonly string[]> {
  const items = await keytar.findCredentials(SERVICE)
  return items.filter(({ account }) => account.startsWith('source-secret@')).map(({ password }) => password)
}

export async function emptyKeychain(): Promise<void> {
  for (const { account } of await keytar.findCredentials(SERVICE)) await keytar.deletePassword(SERVICE, account)
}
