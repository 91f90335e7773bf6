import dbus, { type MessageBus } from 'dbus-next'

export interface ShownNotification {
  readonly id: number
  readonly app: string
  readonly summary: string
  readonly body: string
}

/** The desktop's own notification service, as far as an app can tell: it remembers instead of showing. */
export class NotificationServer extends dbus.interface.Interface {
  readonly shown: ShownNotification[] = []

  constructor() {
    super('org.freedesktop.Notifications')
  }

  // The names are those of the D-Bus interface.
  Notify(app: string, _replaces: number, _icon: string, summary: string, body: string): number {
    const id = this.shown.length + 1
    this.shown.push({ id, app, summary, body })
    return id
  }

  CloseNotification(id: number): void {
    this.NotificationClosed(id, 3)
  }

  GetCapabilities(): string[] {
    return ['actions', 'body']
  }

  GetServerInformation(): [string, string, string, string] {
    return ['e2e', 'carolina-migrate', '1', '1.2']
  }

  NotificationClosed(id: number, reason: number): [number, number] {
    return [id, reason]
  }

  ActionInvoked(id: number, action: string): [number, string] {
    return [id, action]
  }

  /** As a click on the shown notification. */
  click(id: number): void {
    this.ActionInvoked(id, 'default')
  }
}

NotificationServer.configureMembers({
  methods: {
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u' },
    GetCapabilities: { outSignature: 'as' },
    GetServerInformation: { outSignature: 'ssss' },
  },
  signals: { NotificationClosed: { signature: 'uu' }, ActionInvoked: { signature: 'us' } },
})

export async function exportNotifications(bus: MessageBus): Promise<NotificationServer> {
  const server = new NotificationServer()
  bus.export('/org/freedesktop/Notifications', server)
  await bus.requestName('org.freedesktop.Notifications', dbus.NameFlag.DO_NOT_QUEUE)
  return server
}
