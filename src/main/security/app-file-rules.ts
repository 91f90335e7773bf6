import { extname, join } from 'node:path'
import { isAppUrl } from './app-url.ts'
import { isInside } from './is-inside.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

export interface AppFile {
  readonly path: string
  readonly contentType: string
}

/** The file below `root` that an `app://` address names, or null: foreign host, outside of `root`, unknown kind. */
export function appFileFor(root: string, url: string): AppFile | null {
  if (!isAppUrl(url)) return null
  const name = decodePath(new URL(url).pathname)
  if (name === null || name.includes('\0')) return null
  const path = join(root, name)
  const contentType = contentTypes[extname(path)]
  if (contentType === undefined || !isInside(root, path)) return null
  return { path, contentType }
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
