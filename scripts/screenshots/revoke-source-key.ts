import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { S3Endpoint } from '../local-stack/s3-endpoint.ts'
import { postToUnixSocket } from '../local-stack/unix-json-request.ts'

/** The owner of the source deletes the access key: the store goes on at its address and knows another key only. */
export async function revokeSourceKey({ endpoint, dataFolder }: S3Endpoint): Promise<void> {
  const socketPath = join(dataFolder, '..', 'rc.sock')
  const call = (path: string, body: object): Promise<unknown> => postToUnixSocket(socketPath, path, body)
  const { list } = (await call('/serve/list', {})) as { list: readonly { id: string }[] }
  for (const { id } of list) await call('/serve/stop', { id })
  const otherKey = `AKIA${randomBytes(8).toString('hex').toUpperCase()},${randomBytes(30).toString('hex')}`
  await call('/serve/start', { type: 's3', fs: dataFolder, addr: new URL(endpoint).host, auth_key: [otherKey] })
}
