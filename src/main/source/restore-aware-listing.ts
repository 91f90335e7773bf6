import { isInArchiveClass } from './checks/storage-class-rules.ts'
import type { SourceS3 } from './source-s3.ts'

/**
 * S17: restored objects are still listed in their archive class. Once a page shows such a class it is asked for again
 * with their restore status, and so are the pages after it. Where nothing is archived the question, which not every
 * store takes, is never put; a store that refuses it is listed without.
 */
export function createRestoreAwareList(list: SourceS3['list']): SourceS3['list'] {
  let mode: 'unasked' | 'asked' | 'refused' = 'unasked'
  return async (request) => {
    if (mode === 'asked') return await list({ ...request, isRestoreAsked: true })
    const page = await list(request)
    if (!page.ok || mode === 'refused' || !page.value.objects.some(isInArchiveClass)) return page
    const asked = await list({ ...request, isRestoreAsked: true })
    mode = asked.ok ? 'asked' : 'refused'
    return asked.ok ? asked : page
  }
}
