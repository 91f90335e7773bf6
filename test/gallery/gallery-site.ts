import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { contentSecurityPolicy } from '../../src/main/security/content-security-policy.ts'

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

export interface GallerySite {
  readonly addressOf: (scene: string) => string
  readonly stop: () => void
}

/** Builds the gallery as the app is built, into `folder`, and serves it under the app's own CSP. */
export async function openGallery(folder: string): Promise<GallerySite> {
  await build({
    root: import.meta.dirname,
    configFile: false,
    plugins: [react()],
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, target: 'chrome130', chunkSizeWarningLimit: 2000 },
  })
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://gallery').pathname
    const file = join(folder, path === '/' ? 'index.html' : path)
    void readFile(file).then(
      (body) =>
        response
          .writeHead(200, {
            'Content-Type': types[extname(file)] ?? 'application/octet-stream',
            'Content-Security-Policy': contentSecurityPolicy,
          })
          .end(body),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    addressOf: (scene) => `http://127.0.0.1:${address.port}/?scene=${scene}`,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
