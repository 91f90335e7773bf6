import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { appFileFor } from './app-file-rules.ts'
import { APP_SCHEME } from './app-url.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'

/** Must run before the app is ready; Electron allows it once. */
export function registerAppScheme(): void {
  // The page's compiled script is kept, as it is for pages from the web: from the third start on it is not compiled anew.
  const privileges = { standard: true, secure: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }])
}

/** Serves the files below `root` (the built window) under `app://`, with the policy on every answer. */
export function serveAppScheme(root: string): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const file = request.method === 'GET' ? appFileFor(root, request.url) : null
    if (file === null) return refuse()
    try {
      const body = await readFile(file.path)
      return new Response(new Uint8Array(body), { headers: { ...securityHeaders, 'Content-Type': file.contentType } })
    } catch {
      return refuse()
    }
  })
}

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

function refuse(): Response {
  return new Response(null, { status: 404, headers: securityHeaders })
}
