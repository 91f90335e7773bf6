import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FeedRequest {
  readonly path: string
  readonly headers: IncomingHttpHeaders
}

/** A generic feed as a release puts it on a web server. */
export interface UpdateFeed {
  readonly url: string
  readonly requests: readonly FeedRequest[]
  readonly stop: () => void
}

interface Release {
  readonly version: string
  /** What is named in `latest-linux.yml` by size and checksum. */
  readonly published: Buffer
  /** What is really there. */
  readonly served?: Buffer
  /** The artefact's address sends on to another folder of the server. */
  readonly isMoved?: boolean
}

export async function startUpdateFeed({ version, published, served = published, isMoved = false }: Release): Promise<UpdateFeed> {
  const name = 'Carolina-Migrate-x86_64.AppImage'
  const sha512 = createHash('sha512').update(published).digest('base64')
  const latest = [
    `version: ${version}`,
    'files:',
    `  - url: ${name}`,
    `    sha512: ${sha512}`,
    `    size: ${published.length}`,
    `path: ${name}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-11-22T10:00:00.000Z'",
  ].join('\n')
  const files = new Map<string, Buffer>([
    ['/migrate/latest-linux.yml', Buffer.from(latest)],
    [`/migrate/${name}`, served],
  ])
  const requests: FeedRequest[] = []
  const server = createServer(({ url = '', headers }, response) => {
    const { pathname } = new URL(url, 'http://feed')
    requests.push({ path: pathname, headers })
    const file = files.get(pathname)
    if (isMoved && file === served) response.writeHead(302, { location: `/elsewhere/${name}` }).end()
    else response.writeHead(file === undefined ? 404 : 200).end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${port}/migrate`, requests, stop }
}
