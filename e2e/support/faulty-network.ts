import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * The way between the app and the real API, as a fault proxy for TCP.
 * - `cut`: every line breaks, and new ones are refused, as without a network.
 * - `freeze`: every line falls silent for good, and so do new ones, as on a laptop that has left its Wi-Fi.
 * - `restore`: new lines work again; frozen ones stay dead, as they would behind another address.
 */
export interface FaultyNetwork {
  readonly origin: string
  cut(): Promise<void>
  freeze(): Promise<void>
  restore(): Promise<void>
  stop(): Promise<void>
}

export async function startFaultyNetwork(target: string): Promise<FaultyNetwork> {
  const { hostname, port: targetPort } = new URL(target)
  const lines = new Set<Socket>()
  let isFrozen = false
  const keep = (socket: Socket): void => {
    lines.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => lines.delete(socket))
  }
  const server = createServer((app) => {
    keep(app)
    if (isFrozen) {
      app.pause()
      return
    }
    const api = connect(Number(targetPort), hostname)
    keep(api)
    app.pipe(api).pipe(app)
    app.on('close', () => api.destroy())
    api.on('close', () => app.destroy())
  })
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const cut = async (): Promise<void> => {
    const closed = server.listening ? once(server, 'close') : Promise.resolve()
    server.close()
    for (const line of lines) line.destroy()
    await closed
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    cut,
    freeze: () => {
      isFrozen = true
      for (const line of lines) line.unpipe().pause()
      return Promise.resolve()
    },
    restore: async () => {
      isFrozen = false
      if (!server.listening) await listen(port)
    },
    stop: cut,
  }
}
