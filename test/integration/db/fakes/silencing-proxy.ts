import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Secret } from '#shared/domain/secret.ts'

/** Stands between a client and PostgreSQL; once silenced it keeps connections open and passes nothing on. */
export interface SilencingProxy {
  /** The database, by way of the proxy. */
  readonly url: Secret
  silence(): void
  /** Resolves once a client has said something to the silenced proxy. */
  readonly heard: Promise<void>
  stop(): Promise<void>
}

export async function startSilencingProxy(databaseUrl: Secret): Promise<SilencingProxy> {
  const target = new URL(databaseUrl.reveal())
  const sockets = new Set<Socket>()
  let isSilent = false
  let noteHeard = (): void => undefined
  const heard = new Promise<void>((resolve) => (noteHeard = resolve))

  const keep = (socket: Socket): Socket => {
    sockets.add(socket.on('error', () => undefined))
    return socket
  }
  const server = createServer((client) => {
    keep(client)
    const peer = keep(connect(Number(target.port), target.hostname))
    client.on('data', (bytes) => {
      if (isSilent) noteHeard()
      else peer.write(bytes)
    })
    peer.on('data', (bytes) => {
      if (!isSilent) client.write(bytes)
    })
    client.on('close', () => peer.destroy())
    peer.on('close', () => client.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = new URL(target)
  url.host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return {
    url: Secret.of(url.href),
    silence: () => void (isSilent = true),
    heard,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
