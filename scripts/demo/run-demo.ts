import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { buildApp } from '../desktop-app/build-app.ts'
import { appEnvironment } from '../desktop-app/electron-launch.ts'
import { type LocalStack, startLocalStack } from '../local-stack/local-stack.ts'
import type { Runtime } from '../local-stack/runtime.ts'
import { compareBuckets } from './compare-buckets.ts'
import { createDemoAccount, ORGANISATION_BUCKET, PERSONAL_BUCKET, SOURCE_BUCKET } from './demo-account.ts'
import { forgetDemoKey } from './forget-demo-key.ts'
import { takeTour, type Tour, TOUR_PREFIX } from './headless-tour.ts'
import { openWindow } from './open-window.ts'
import { createS3Client } from './s3-client.ts'
import { uploadSample } from './sample-bucket.ts'

/** Slow enough to watch the sample being copied (about ten seconds), quick enough not to wait for it. */
const DEMO_CAP_BYTES_PER_SECOND = 12 * 1024 * 1024

export interface DemoOptions {
  readonly privateFolder: string
  readonly isHeadless: boolean
  readonly runtime: Runtime
  /** The environment of the desktop session. */
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  readonly onStep: (line: string) => void
}

/** What a headless demo saw. */
export interface DemoFindings {
  readonly state: Tour['outcome']
  readonly objects: number
  readonly bytes: number
  readonly missing: readonly string[]
  readonly different: readonly string[]
  readonly electron: string
}

/**
 * The whole demo; everything it started is stopped when it returns or throws.
 *
 * @returns what was found at the destination; null with a window for a person, who sees for themselves.
 */
export async function runDemo(options: DemoOptions): Promise<DemoFindings | null> {
  const { privateFolder, runtime, signal, onStep } = options
  onStep(`App ${await buildApp(runtime.node.path, signal)}`)
  const stack = await startLocalStack({
    privateFolder,
    nodePath: runtime.node.path,
    rclonePath: runtime.rclone.path,
    sourceBuckets: [SOURCE_BUCKET],
    carolinaBuckets: [PERSONAL_BUCKET, ORGANISATION_BUCKET],
    capBytesPerSecond: DEMO_CAP_BYTES_PER_SECOND,
    signal,
    onStep,
  })
  try {
    const sample = await uploadSample(createS3Client(stack.source), SOURCE_BUCKET)
    onStep(`Sample bucket "${SOURCE_BUCKET}": ${String(sample.objects)} objects, ${megabytes(sample.bytes)}`)
    signal.throwIfAborted()
    const demoFile = await createDemoAccount(stack, privateFolder)
    onStep('Demo account, organisation and buckets made')
    return await show(options, stack, demoFile)
  } finally {
    await stack.stop()
  }
}

async function show(options: DemoOptions, stack: LocalStack, demoFile: string): Promise<DemoFindings | null> {
  const { privateFolder, runtime, signal, onStep } = options
  const userDataFolder = join(privateFolder, 'user-data')
  await mkdir(userDataFolder, { mode: 0o700 })
  const env = { ...definedOnly(options.env), ...appEnvironment({ apiOrigin: stack.apiOrigin, userDataFolder, demoFile }) }
  if (!options.isHeadless) {
    onStep('Opening the window. Use the buttons for the demo account and the demo source; quit from the tray or press Ctrl-C here')
    try {
      await openWindow({ program: runtime.electron.program, env, logFile: join(privateFolder, 'app.log'), signal })
    } finally {
      await forgetDemoKey(runtime.node.path, stack.apiOrigin, env)
    }
    return null
  }
  const tour = await takeTour({ env, signal, onStep })
  onStep('Comparing source and destination, byte by byte')
  const comparison = await compareBuckets(
    { client: createS3Client(stack.source), bucket: SOURCE_BUCKET, prefix: '' },
    { client: createS3Client(stack.carolina), bucket: PERSONAL_BUCKET, prefix: TOUR_PREFIX },
  )
  return { state: tour.outcome, electron: tour.electron, ...comparison }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}
