import dbus, { type MessageBus } from 'dbus-next'

export interface TrayMenuItem {
  readonly id: number
  readonly label: string
  readonly isEnabled: boolean
}

/** One tray icon, looked at and clicked from outside, as a panel does. */
export class TrayIcon {
  readonly #bus: MessageBus
  readonly #service: string

  constructor(bus: MessageBus, service: string) {
    this.#bus = bus
    this.#service = service
  }

  isSame(other: TrayIcon): boolean {
    return this.#service === other.#service
  }

  async tooltip(): Promise<string> {
    const [tip] = await this.#call('/StatusNotifierItem', 'org.freedesktop.DBus.Properties', 'Get', 'ss', [
      'org.kde.StatusNotifierItem',
      'ToolTip',
    ])
    const [, , title] = (tip as { value: [string, unknown, string, string] }).value
    return title
  }

  async menu(): Promise<readonly TrayMenuItem[]> {
    const [, layout] = await this.#call('/com/canonical/dbusmenu', 'com.canonical.dbusmenu', 'GetLayout', 'iias', [0, -1, []])
    const [, , children] = layout as MenuNode
    return children.map(({ value: [id, properties] }) => ({
      id,
      label: textOf(properties['label']),
      isEnabled: properties['enabled']?.value !== false,
    }))
  }

  async labels(): Promise<readonly string[]> {
    return (await this.menu()).map(({ label }) => label)
  }

  async click(label: string): Promise<void> {
    const item = (await this.menu()).find((one) => one.label === label)
    if (item === undefined) throw new Error(`the tray menu has no "${label}"`)
    const none = new dbus.Variant('i', 0)
    const event = { path: '/com/canonical/dbusmenu', interface: 'com.canonical.dbusmenu', member: 'Event' }
    const body = [item.id, 'clicked', none, 0]
    // As a panel does it: an app that is told to quit may be gone before it could answer.
    const flags = dbus.MessageFlag.NO_REPLY_EXPECTED
    this.#bus.send(new dbus.Message({ destination: this.#service, ...event, signature: 'isvu', body, flags }))
  }

  async #call(path: string, iface: string, member: string, signature: string, body: unknown[]): Promise<unknown[]> {
    const message = new dbus.Message({ destination: this.#service, path, interface: iface, member, signature, body })
    const reply = await this.#bus.call(message)
    return (reply?.body as unknown[] | undefined) ?? []
  }
}

interface Value {
  readonly value: unknown
}
type MenuNode = [id: number, properties: Record<string, Value | undefined>, children: { value: MenuNode }[]]

function textOf(value: Value | undefined): string {
  return typeof value?.value === 'string' ? value.value : ''
}
