import { afterEach } from 'vitest'
import { Secret } from '#shared/domain/secret.ts'
import type { Finding, SourceCheck, SourceCheckProgress } from '#shared/ipc/source-check.ts'
import { openAwsSource } from '../../../src/main/source/open-aws-source.ts'
import { runPreflight } from '../../../src/main/source/preflight.ts'
import { parseSourceDraft, type SourceConnection } from '../../../src/main/source/source-connection.ts'
import { type ScriptedObject, type ScriptedStore, startScriptedStore, type StoreScript } from './fakes/scripted-store.ts'

export const ports = { openSource: openAwsSource, isOnline: () => true, now: Date.now }
export const secret = Secret.of('s3cr3t')

/** Page 0: `0/0` … `0/2`; page 1: `1/0` … */
export const keysOf = (page: number, more: Partial<ScriptedObject> = {}): ScriptedObject[] =>
  [0, 1, 2].map((n) => ({ key: `${String(page)}/${String(n)}`, size: 10 * page + n, ...more }))

/** Never answers. */
export const never = () => undefined

export const findingsOf = (result: SourceCheck): readonly Finding[] => ('findings' in result ? result.findings : [])
export const finding = (result: SourceCheck, code: Finding['code']) => findingsOf(result).find((found) => found.code === code)

/** Preflights of scripted stores, and what they told on the way. Each store ends with its test, or with the next store. */
export function useScriptedStore() {
  let store: ScriptedStore | null = null
  let told: SourceCheckProgress[] = []
  const stop = async (): Promise<void> => {
    await store?.stop()
    store = null
  }
  afterEach(async () => {
    await stop()
    told = []
  })
  const open = async (script: Partial<StoreScript>, prefix = ''): Promise<SourceConnection> => {
    await stop()
    store = await startScriptedStore({ page: (page) => keysOf(page), pages: 1, ...script })
    const draft = { endpoint: `http://${store.authority}`, region: '', accessKeyId: 'AKIA1', bucket: 'source', prefix }
    const source = parseSourceDraft(draft, secret)
    if (!source.ok) throw new Error('the draft must be right')
    return source.value
  }
  const keep = (progress: SourceCheckProgress) => void told.push(progress)
  return {
    open,
    keep,
    told: () => told,
    seen: () => store?.seen ?? [],
    check: async (script: Partial<StoreScript>, { budgetMs = 10_000, prefix = '' } = {}): Promise<SourceCheck> => {
      const source = await open(script, prefix)
      return await runPreflight({ source, stopped: new AbortController().signal, budgetMs, onProgress: keep }, ports)
    },
  }
}
