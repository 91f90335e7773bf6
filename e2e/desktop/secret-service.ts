import dbus, { type Message } from 'dbus-next'
import { callOver, type SessionBus, takeCalls } from './session-bus.ts'

/** As it is; the library's own types have it wrong. */
const messages = dbus.Message as unknown as { newError(call: Message, name: string, text: string): Message }

const isForKeychain = ({ path }: Message): boolean => path.startsWith('/org/freedesktop/secrets')

/** A fake: a keychain that lets nobody in. */
export async function addRefusingSecretService(session: SessionBus): Promise<void> {
  const bus = session.connect()
  takeCalls(bus, (message) => {
    if (!isForKeychain(message)) return false
    bus.send(messages.newError(message, 'org.freedesktop.DBus.Error.AccessDenied', 'Access denied'))
    return true
  })
  await bus.requestName('org.freedesktop.secrets', dbus.NameFlag.DO_NOT_QUEUE)
}

/** Listens to all calls that anybody makes of the keychain, as `dbus-monitor` does: their names, oldest first. */
export async function listenToKeychain(session: SessionBus): Promise<readonly string[]> {
  const bus = session.connect()
  const calls: string[] = []
  bus.on('message', (message: Message) => {
    if (message.type === dbus.MessageType.METHOD_CALL && isForKeychain(message)) calls.push(message.member)
  })
  // None of them is meant for the listener.
  takeCalls(bus, () => true)
  await callOver(bus, {
    destination: 'org.freedesktop.DBus',
    path: '/org/freedesktop/DBus',
    interface: 'org.freedesktop.DBus',
    member: 'AddMatch',
    signature: 's',
    body: ["eavesdrop='true',type='method_call'"],
  })
  return calls
}
