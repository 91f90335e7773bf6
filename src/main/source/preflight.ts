import { parentFolder } from '#shared/domain/s3-location-model.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Finding, SourceCheck } from '#shared/ipc/source-check.ts'
import { checkArchivedObjects } from './checks/archived-objects-check.ts'
import { checkListedSource } from './checks/listed-source-check.ts'
import { nearestNames } from './checks/nearest-folder-rules.ts'
import { checkReadableObject, isArchiveRefusal, objectToRead } from './checks/readable-object-check.ts'
import { isArchived } from './checks/storage-class-rules.ts'
import { checkTarget } from './checks/target-check.ts'
import { problemFinding } from './findings.ts'
import { findingForFailure } from './s3-failure-rules.ts'
import type { SourceConnection } from './source-connection.ts'
import type { ListedObject, Listing, S3Failure, SourceS3 } from './source-s3.ts'

export interface PreflightPorts {
  readonly openSource: (source: SourceConnection, signal: AbortSignal) => SourceS3
  readonly isOnline: () => boolean
  readonly now: () => number
}

/** A person waits for it, so the whole check has one limit, however many requests it makes. */
export const PREFLIGHT_BUDGET_MS = 10_000
const PAGE_KEYS = 1_000
const NAME_KEYS = 200

/**
 * S5: tries, from this machine and reading only, what the worker will do: list, decide the target, read one
 * byte. Nothing is dispatched. `stopped` ends it early with the answer `stopped`.
 */
export async function runPreflight(
  source: SourceConnection,
  ports: PreflightPorts,
  stopped: AbortSignal,
  budgetMs = PREFLIGHT_BUDGET_MS,
): Promise<SourceCheck> {
  const budget = AbortSignal.timeout(budgetMs)
  const s3 = ports.openSource(source, AbortSignal.any([stopped, budget]))
  const explain = (failure: S3Failure): Finding =>
    budget.aborted
      ? problemFinding('connection-timeout', { host: new URL(source.endpoint).host, seconds: budgetMs / 1000 })
      : findingForFailure(failure, source, ports.isOnline(), ports.now())
  try {
    const check = await checkSource(source, s3, explain)
    return stopped.aborted ? { kind: 'stopped' } : check
  } finally {
    s3.close()
  }
}

type Explain = (failure: S3Failure) => Finding
const blocked = (...findings: Finding[]): SourceCheck => ({ kind: 'blocked', findings })

async function checkSource(source: SourceConnection, s3: SourceS3, explain: Explain): Promise<SourceCheck> {
  const typed = source.prefix
  const below = await s3.list(folderText(typed), { maxKeys: PAGE_KEYS, isByFolder: false })
  if (!below.ok) return blocked(explain(below.error))
  const exact = await findExactObject(typed, s3)
  if (!exact.ok) return blocked(explain(exact.error))
  const { bucket, isPrefixObject } = source
  const target = checkTarget({ typed, isPrefixObject, hasExactObject: exact.value !== null, below: below.value, bucket })
  if (!target.ok) {
    if (target.error.code !== 'nothing-there') return blocked(target.error)
    const names = await suggestNames(typed, s3)
    return blocked({ ...target.error, fixes: names.map((prefix) => ({ prefix })) })
  }
  const isObject = target.value.kind === 'object' && exact.value !== null
  const page: Listing = isObject ? { objects: [exact.value], folders: [], isTruncated: false } : below.value
  const findings = await checkObjects(page, s3, explain)
  if (findings.some(({ severity }) => severity === 'problem')) return blocked(...findings)
  return { kind: 'ready', findings, target: target.value, firstKey: page.objects[0]?.key ?? typed }
}

async function checkObjects({ objects, isTruncated }: Listing, s3: SourceS3, explain: Explain): Promise<Finding[]> {
  const listed = checkListedSource(objects, isTruncated)
  const candidate = objectToRead(objects)
  if (candidate === null) return [listed]
  const read = await s3.readFirstByte(candidate)
  const isUnrestored = isArchived(candidate) && isArchiveRefusal(read)
  const archived = checkArchivedObjects(objects, isTruncated, isUnrestored)
  const findings = [listed, ...(archived === null ? [] : [archived])]
  if (isUnrestored) return findings
  const readable = checkReadableObject(candidate, read)
  if (readable !== null) return [...findings, readable]
  return read.ok ? findings : [...findings, explain(read.error)]
}

const folderText = (typed: string): string => (typed === '' || typed.endsWith('/') ? typed : `${typed}/`)

/**
 * The object of exactly this key. Listed rather than asked for by HEAD: a HEAD's refusal has no reason, and
 * without leave to read it is refused whether or not the key exists. An exact key sorts before its extensions.
 */
async function findExactObject(typed: string, s3: SourceS3): Promise<Result<ListedObject | null, S3Failure>> {
  if (typed === '' || typed.endsWith('/')) return ok(null)
  const page = await s3.list(typed, { maxKeys: 1, isByFolder: false })
  if (!page.ok) return err(page.error)
  return ok(page.value.objects.find(({ key }) => key === typed) ?? null)
}

/** E5: folders and objects near what was typed. Only help: what fails here is left out. */
async function suggestNames(typed: string, s3: SourceS3): Promise<readonly string[]> {
  if (typed === '') return []
  const wanted = typed.replace(/^\/+|\/+$/g, '')
  for (const prefix of new Set([wanted, parentFolder(wanted), ''])) {
    const page = await s3.list(prefix, { maxKeys: NAME_KEYS, isByFolder: true })
    if (!page.ok) return []
    const names = nearestNames(typed, [...page.value.folders, ...page.value.objects.map(({ key }) => key)])
    if (names.length > 0) return names
  }
  return []
}
