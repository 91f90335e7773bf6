import { setTimeout as delay } from 'node:timers/promises'
import { startCopying } from '../../e2e/support/start-migration.ts'
import { screensOf } from '../../e2e/screens/screens.ts'
import { createTestAccount, openDirectory } from '../../e2e/support/test-account.ts'
import { ARCHIVE, createBucket, fillSource, sourceBuckets } from '../../e2e/support/sample-data.ts'
import { createS3Client } from '../../scripts/demo/s3-client.ts'
import { buildApp } from '../../scripts/desktop-app/build-app.ts'
import { startLocalStack } from '../../scripts/local-stack/local-stack.ts'
import { makePrivateFolder, makeSubfolder, removePrivateFolder } from '../../scripts/local-stack/private-file.ts'
import { readRuntime } from '../../scripts/local-stack/runtime.ts'
import { KIB, MIB } from '../../src/shared/domain/units.ts'
import { treeCpuSeconds, treePss } from './process-tree.ts'
import { bareTray, bareWindow, closeWindows, pidOf, product, start, type Subject } from './subjects.ts'

// Entry, run by "npm run bench -- app" inside a desktop session.
const ROUNDS = 5
/** After a start or a closed window memory still falls for a while. */
const SETTLE_MS = 10_000
const CPU_SECONDS = 60
/** The archive of the e2e tests then takes four minutes: longer than the bench needs it. */
const CAP_BYTES_PER_SECOND = 100 * KIB
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
const rounded = (value: number): number => Number(value.toFixed(2))

const runtime = readRuntime()
await buildApp(runtime.node.path)
const privateFolder = await makePrivateFolder('bench-app')
const stack = await startLocalStack({
  privateFolder,
  nodePath: runtime.node.path,
  rclonePath: runtime.rclone.path,
  sourceBuckets,
  carolinaBuckets: [],
  capBytesPerSecond: CAP_BYTES_PER_SECOND,
})
try {
  console.log(JSON.stringify(await measure()))
} finally {
  await stack.stop()
  await removePrivateFolder(privateFolder)
}

async function measure() {
  await fillSource(createS3Client(stack.source), stack.source.dataFolder)
  const { directory, close } = await openDirectory(stack)
  const account = await createTestAccount(stack, directory)
  await close()
  await createBucket(createS3Client(stack.carolina), account.bucket)
  const places = { apiOrigin: stack.apiOrigin, userDataFolder: await makeSubfolder(privateFolder, 'user-data') }

  const first = await start(product(places, 'Sign in to Carolina Cloud'))
  const screens = screensOf(await first.electron.firstWindow())
  await screens.signIn.signIn(account.apiKey)
  await screens.source.heading.waitFor()
  await first.electron.close()

  const signedIn = product(places, 'Where are the files now?')
  const starts = await compareStarts(signedIn)
  const windows = { bare: await pssWithWindow(bareWindow), product: await pssWithWindow(signedIn) }
  const bare = await measureTray(bareTray)
  const own = await measureTray(signedIn, async (electron) => {
    const { endpoint, accessKeyId, secretAccessKey } = stack.source
    const entry = { endpoint, accessKeyId, secretAccessKey, bucket: ARCHIVE, prefix: '' }
    await startCopying(screensOf(await electron.firstWindow()), entry, account)
  })
  return {
    start: { ...starts, ratio: rounded(starts.productSeconds / starts.bareSeconds) },
    pssWithWindow: { bareMiB: windows.bare, productMiB: windows.product, ratio: rounded(windows.product / windows.bare) },
    pssInTray: { bareMiB: bare.pssMiB, productMiB: own.pssMiB, ratio: rounded(own.pssMiB / bare.pssMiB) },
    trayCpuPercent: { bare: bare.cpuPercent, product: own.cpuPercent },
  }
}

/** Interleaved, medians. */
async function compareStarts(signedIn: Subject) {
  const seconds: { bare: number[]; product: number[] } = { bare: [], product: [] }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, subject] of [['bare', bareWindow], ['product', signedIn]] as const) {
      const { electron, startSeconds } = await start(subject)
      seconds[name].push(startSeconds)
      await electron.close()
    }
  }
  return { bareSeconds: rounded(median(seconds.bare)), productSeconds: rounded(median(seconds.product)) }
}

async function pssWithWindow(subject: Subject): Promise<number> {
  const { electron } = await start(subject)
  await delay(SETTLE_MS)
  const pss = treePss(pidOf(electron))
  await electron.close()
  return Math.round(pss / MIB)
}

/** With the window closed; the processor over a minute. */
async function measureTray(subject: Subject, prepare?: (electron: Awaited<ReturnType<typeof start>>['electron']) => Promise<void>) {
  const { electron } = await start(subject)
  await prepare?.(electron)
  await closeWindows(electron)
  await delay(SETTLE_MS)
  const pid = pidOf(electron)
  const pssMiB = Math.round(treePss(pid) / MIB)
  const before = treeCpuSeconds(pid)
  await delay(CPU_SECONDS * 1000)
  const cpuPercent = rounded(((treeCpuSeconds(pid) - before) / CPU_SECONDS) * 100)
  await electron.close()
  return { pssMiB, cpuPercent }
}
