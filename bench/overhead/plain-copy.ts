import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { S3Endpoint } from '../../scripts/local-stack/s3-endpoint.ts'

const run = promisify(execFile)

/** The yardstick: `rclone copy` with rclone's own defaults. @returns seconds */
export async function plainCopySeconds(rclonePath: string, source: S3Endpoint, destination: S3Endpoint, from: string, to: string): Promise<number> {
  // Throw-away keys of this run, in the environment of a process that lives for seconds.
  const env = { PATH: '/usr/bin:/bin', RCLONE_CONFIG: '/dev/null', ...remote('SRC', source), ...remote('DST', destination) }
  const start = performance.now()
  await run(rclonePath, ['copy', `src:${from}`, `dst:${to}`], { env })
  return (performance.now() - start) / 1000
}

function remote(name: string, { endpoint, accessKeyId, secretAccessKey }: S3Endpoint): Record<string, string> {
  const prefix = `RCLONE_CONFIG_${name}`
  return {
    [`${prefix}_TYPE`]: 's3',
    [`${prefix}_PROVIDER`]: 'Other',
    [`${prefix}_ENDPOINT`]: endpoint,
    [`${prefix}_ACCESS_KEY_ID`]: accessKeyId,
    [`${prefix}_SECRET_ACCESS_KEY`]: secretAccessKey,
  }
}
