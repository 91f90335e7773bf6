import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net'

export interface FaultServer {
  /** `host:port` */
  readonly authority: string
  readonly stop: () => Promise<void>
}

/** Answers every request the same way: for what a real S3 server cannot be brought to say. */
export function startHttpFault(listener: RequestListener): Promise<FaultServer> {
  return listen(createServer(listener))
}

/** A web server with a certificate nobody trusts. */
export function startUntrustedTls(certificate: { readonly key: string; readonly cert: string }): Promise<FaultServer> {
  return listen(createTlsServer(certificate, (_request, response) => response.end()))
}

/** Takes connections and says nothing. */
export function startSilentServer(): Promise<FaultServer> {
  return listen(createTcpServer(() => undefined))
}

/** The `<Error>` document of S3. */
export function s3Error(code: string, more = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>no</Message>${more}</Error>`
}

async function listen(server: Server | TcpServer): Promise<FaultServer> {
  const connections = new Set<{ destroy: () => void }>()
  server.on('connection', (socket: { destroy: () => void }) => connections.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    authority: `127.0.0.1:${String(port)}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const connection of connections) connection.destroy()
      }),
  }
}
