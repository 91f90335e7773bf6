import dbus, { type MessageBus } from 'dbus-next'

/** What a desktop's panel offers to tray icons: a place to register. */
export class TrayWatcher extends dbus.interface.Interface {
  /** D-Bus names of the icons, oldest first. */
  readonly items: string[] = []
  readonly IsStatusNotifierHostRegistered = true
  readonly ProtocolVersion = 0

  constructor() {
    super('org.kde.StatusNotifierWatcher')
  }

  get RegisteredStatusNotifierItems(): string[] {
    return this.items
  }

  RegisterStatusNotifierItem(service: string): void {
    this.items.push(service)
  }

  RegisterStatusNotifierHost(): void {
    // We are the only host.
  }
}

TrayWatcher.configureMembers({
  properties: {
    IsStatusNotifierHostRegistered: { signature: 'b', access: 'read' },
    ProtocolVersion: { signature: 'i', access: 'read' },
    RegisteredStatusNotifierItems: { signature: 'as', access: 'read' },
  },
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's' },
    RegisterStatusNotifierHost: { inSignature: 's' },
  },
})

export async function exportTrayWatcher(bus: MessageBus): Promise<TrayWatcher> {
  const watcher = new TrayWatcher()
  bus.export('/StatusNotifierWatcher', watcher)
  await bus.requestName('org.kde.StatusNotifierWatcher', dbus.NameFlag.DO_NOT_QUEUE)
  return watcher
}
