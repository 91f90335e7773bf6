import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startChild } from '../../scripts/local-stack/child-process.ts'
import { readRuntime } from '../../scripts/local-stack/runtime.ts'
import { untrustedCertificate } from '../../test/integration/app/fakes/untrusted-certificate.ts'

export interface TlsStore {
  /** `127.0.0.1:PORT` */
  readonly authority: string
  stop(): Promise<void>
}

/** A real S3 store that speaks only https, with a certificate that nobody trusts. */
export async function startTlsStore(privateFolder: string): Promise<TlsStore> {
  const folder = await mkdtemp(join(privateFolder, 'tls-store-'))
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  await writeFile(cert, untrustedCertificate.cert)
  await writeFile(key, untrustedCertificate.key, { mode: 0o600 })
  const child = await startChild({
    name: 'S3 store over TLS',
    command: readRuntime().rclone.path,
    args: ['serve', 's3', '--config', '/dev/null', '--addr', '127.0.0.1:0', '--cert', cert, '--key', key, folder],
    env: { PATH: '/usr/bin:/bin', HOME: folder },
    logFile: join(folder, 'rclone.log'),
    readiness: { kind: 'line', find: (line) => /\[https:\/\/(127\.0\.0\.1:\d+)\//.exec(line)?.[1] ?? null },
  })
  return { authority: child.ready, stop: () => child.stop() }
}
