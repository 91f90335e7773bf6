import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChildProcess } from 'node:child_process'
import dbus, { type Message, type MessageBus } from 'dbus-next'
import { startBus } from '../../scripts/desktop-session/bus.mjs'
import { startKeyring } from '../../scripts/desktop-session/keyring.mjs'
import { readRuntime } from '../../scripts/local-stack/runtime.ts'

export const KEYRING_PASSWORD = 'of a test'

/** A session bus for one app alone, on the same screen, so that a test can do to its keychain what it wants. */
export interface SessionBus {
  /** For the programs on it, as on a GNOME desktop. */
  readonly env: Readonly<Record<string, string>>
  /** A connection of its own; closed with the bus. */
  connect(): MessageBus
  /** A real GNOME keyring, unlocked. */
  addKeyring(): Promise<void>
  close(): Promise<void>
}

export async function startSessionBus(): Promise<SessionBus> {
  const folder = await mkdtemp(join(tmpdir(), 'carolina-bus-'))
  const { wrap } = readRuntime().desktop
  const { child, ready } = startBus({ folder, wrap, env: process.env })
  const children: ChildProcess[] = [child]
  const env = { ...(await ready), XDG_CURRENT_DESKTOP: 'GNOME' }
  const connections: MessageBus[] = []
  return {
    env,
    connect: () => {
      const bus = dbus.sessionBus({ busAddress: env.DBUS_SESSION_BUS_ADDRESS })
      connections.push(bus)
      return bus
    },
    addKeyring: async () => {
      const [data, run] = [join(folder, 'data'), join(folder, 'run')]
      for (const path of [data, run]) await mkdir(path, { mode: 0o700 })
      const places = { ...process.env, ...env, XDG_DATA_HOME: data, XDG_RUNTIME_DIR: run }
      const keyring = startKeyring({ wrap, env: places, password: KEYRING_PASSWORD })
      children.unshift(keyring.child)
      await keyring.ready
    },
    close: async () => {
      for (const bus of connections) bus.disconnect()
      for (const service of children) {
        const ended = once(service, 'exit')
        if (service.kill('SIGKILL')) await ended
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

/** What a call answers. Errors of the other side are thrown. */
export async function callOver(
  bus: MessageBus,
  call: Readonly<{ destination: string; path: string; interface: string; member: string; signature: string; body: unknown[] }>,
): Promise<readonly unknown[]> {
  const reply = await bus.call(new dbus.Message(call))
  return (reply?.body as readonly unknown[] | undefined) ?? []
}

/** Takes every call that comes in, whatever it is; `true` from `take` means that nobody else answers it. */
export function takeCalls(bus: MessageBus, take: (message: Message) => boolean): void {
  // Missing in the library's own types.
  const handlers = bus as MessageBus & { addMethodHandler(handler: (message: Message) => boolean): void }
  handlers.addMethodHandler(take)
}
