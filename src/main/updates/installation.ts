import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { parseFeedUrl } from './update-feed-rules.ts'
import type { Installation } from './update-rules.ts'

export function readInstallation(appImage: string | null): Installation {
  const { platform, execPath, resourcesPath } = process
  return { isPackaged: app.isPackaged, platform, appImage, program: execPath, feedUrl: readFeedUrl(resourcesPath) }
}

/** From what electron-builder has written beside the app; null where it has not. */
function readFeedUrl(resourcesPath: string): string | null {
  try {
    return parseFeedUrl(readFileSync(join(resourcesPath, 'app-update.yml'), 'utf8'))
  } catch {
    return null
  }
}
