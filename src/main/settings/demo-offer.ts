import { readFile } from 'node:fs/promises'
import { requests, type RequestAnswer } from '#shared/ipc/channels.ts'
import type { Logger } from '../logger.ts'

export type DemoOffer = NonNullable<RequestAnswer<'getDemoOffer'>>

/** The demo's throw-away key and source; null without a demo or when its file cannot be understood. */
export async function readDemoOffer(file: string | null, logger: Logger): Promise<DemoOffer | null> {
  if (file === null) return null
  try {
    return requests.getDemoOffer.answer.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    logger.warn('demo-offer-unreadable')
    return null
  }
}
