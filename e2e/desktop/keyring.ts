import dbus, { type MessageBus } from 'dbus-next'
import { callOver, KEYRING_PASSWORD, type SessionBus, takeCalls } from './session-bus.ts'

const DESTINATION = 'org.freedesktop.secrets'
const ROOT = '/org/freedesktop/secrets'
const SERVICE = 'org.freedesktop.Secret.Service'
/** gnome-keyring's own way to be unlocked without a prompt; its name is a warning to applications. */
const UNLOCKER = 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface'
const PROMPTER = 'org.gnome.keyring.SystemPrompter'

/** A real GNOME keyring, handled as its owner would. */
export interface Keyring {
  lock(): Promise<void>
  unlock(): Promise<void>
  /** The kept texts whose item's account begins so. */
  read(accountStart: string): Promise<readonly string[]>
  /** From now on the keyring asks for its password when it is locked, and nobody answers. Resolves with the way to end that. */
  promptNobody(): Promise<() => void>
}

export async function addKeyring(session: SessionBus): Promise<Keyring> {
  await session.addKeyring()
  const bus = session.connect()
  const call = (iface: string, member: string, signature: string, body: unknown[]) =>
    callOver(bus, { destination: DESTINATION, path: ROOT, interface: iface, member, signature, body })
  const [collection] = await call(SERVICE, 'ReadAlias', 's', ['default'])
  const openSession = async () => (await call(SERVICE, 'OpenSession', 'sv', ['plain', new dbus.Variant('s', '')]))[1]
  return {
    lock: async () => void (await call(SERVICE, 'Lock', 'ao', [[collection]])),
    unlock: async () => {
      const password = [await openSession(), Buffer.alloc(0), Buffer.from(KEYRING_PASSWORD), 'text/plain']
      await call(UNLOCKER, 'UnlockWithMasterPassword', 'o(oayays)', [collection, password])
    },
    read: async (accountStart) => {
      const [found] = await call(SERVICE, 'SearchItems', 'a{ss}', [{ service: 'io.carolinacloud.migrate' }])
      const paths = found as string[]
      const own = await Promise.all(paths.map(async (path) => ((await accountOf(bus, path)).startsWith(accountStart) ? [path] : [])))
      const [secrets] = await call(SERVICE, 'GetSecrets', 'aoo', [own.flat(), await openSession()])
      return Object.values(secrets as Record<string, [string, Buffer, Buffer, string]>).map(([, , text]) => text.toString('utf8'))
    },
    promptNobody: async () => {
      const prompter = session.connect()
      takeCalls(prompter, ({ path }) => path === '/org/gnome/keyring/Prompter')
      await prompter.requestName(PROMPTER, dbus.NameFlag.DO_NOT_QUEUE)
      return () => prompter.disconnect()
    },
  }
}

async function accountOf(bus: MessageBus, path: string): Promise<string> {
  const body = ['org.freedesktop.Secret.Item', 'Attributes']
  const properties = { interface: 'org.freedesktop.DBus.Properties', member: 'Get', signature: 'ss', body }
  const [attributes] = await callOver(bus, { destination: DESTINATION, path, ...properties })
  return (attributes as { value: Record<string, string> }).value['account'] ?? ''
}
