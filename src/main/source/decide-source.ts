import { parentFolder, type SourceTarget } from '#shared/domain/s3-location-model.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Finding } from '#shared/ipc/source-check.ts'
import { nearestNames } from './checks/nearest-folder-rules.ts'
import { checkTarget } from './checks/target-check.ts'
import { MAX_KEY_CHARACTERS } from './listed-limits.ts'
import type { SourceConnection } from './source-connection.ts'
import type { ListedObject, Listing, S3Failure, SourceS3 } from './source-s3.ts'

export const PAGE_KEYS = 1_000
const NAME_KEYS = 200

/** What is meant, and the first page of it. */
export interface DecidedSource {
  readonly target: SourceTarget
  /** Under which the pages go on. */
  readonly prefix: string
  readonly page: Listing
}

/** S2: decides by listing whether bucket, folder or object is meant (trap 1); else the one finding that says why not. */
export async function decideSource(
  source: SourceConnection,
  list: SourceS3['list'],
  explain: (failure: S3Failure) => Finding,
): Promise<Result<DecidedSource, Finding>> {
  const { prefix: typed, bucket, isPrefixObject } = source
  const prefix = folderText(typed)
  const listed = await list({ prefix, maxKeys: PAGE_KEYS })
  if (!listed.ok) return err(explain(listed.error))
  const below = withoutOwnMarker(listed.value, prefix)
  const exact = await findExactObject(typed, list)
  if (!exact.ok) return err(explain(exact.error))
  const target = checkTarget({ typed, isPrefixObject, hasExactObject: exact.value !== null, below, bucket })
  if (!target.ok) {
    if (target.error.code !== 'nothing-there') return err(target.error)
    const { names, isBucketEmpty } = await lookAround(typed, list)
    const facts = { ...target.error.facts, isBucketEmpty }
    return err({ ...target.error, facts, fixes: names.map((name) => ({ prefix: name })) })
  }
  const isObject = target.value.kind === 'object' && exact.value !== null
  const page = isObject ? { objects: [exact.value], folders: [], isTruncated: false, nextToken: null } : below
  return ok({ target: target.value, prefix, page })
}

/** The empty object by which a console marks the folder itself: at the destination that is the prefix. */
function withoutOwnMarker(page: Listing, prefix: string): Listing {
  return { ...page, objects: page.objects.filter(({ key, bytes }) => key !== prefix || bytes > 0) }
}

const folderText = (typed: string): string => (typed === '' || typed.endsWith('/') ? typed : `${typed}/`)

/**
 * The object of exactly this key. Listed rather than asked for by HEAD: a HEAD's refusal has no reason, and
 * without leave to read it is refused whether or not the key exists. An exact key sorts before its extensions.
 */
async function findExactObject(typed: string, list: SourceS3['list']): Promise<Result<ListedObject | null, S3Failure>> {
  if (typed === '' || typed.endsWith('/')) return ok(null)
  const page = await list({ prefix: typed, maxKeys: 1 })
  if (!page.ok) return err(page.error)
  return ok(page.value.objects.find(({ key }) => key === typed) ?? null)
}

interface Surroundings {
  /** Folders and objects near what was typed. */
  readonly names: readonly string[]
  readonly isBucketEmpty: boolean
}

/** E5: what is there instead. Only help: what fails here is left out. */
async function lookAround(typed: string, list: SourceS3['list']): Promise<Surroundings> {
  if (typed === '') return { names: [], isBucketEmpty: true }
  const wanted = typed.replace(/^\/+|\/+$/g, '')
  for (const prefix of new Set([wanted, parentFolder(wanted), ''])) {
    const page = await list({ prefix, maxKeys: NAME_KEYS, isByFolder: true })
    if (!page.ok) break
    const listed = [...page.value.folders, ...page.value.objects.map(({ key }) => key)]
    const names = nearestNames(typed, listed.filter(({ length }) => length <= MAX_KEY_CHARACTERS))
    if (names.length > 0) return { names, isBucketEmpty: false }
    if (prefix === '' && listed.length === 0) return { names, isBucketEmpty: true }
  }
  return { names: [], isBucketEmpty: false }
}
