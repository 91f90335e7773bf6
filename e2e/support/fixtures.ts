import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { createS3Client } from '../../scripts/demo/s3-client.ts'
import { buildApp } from '../../scripts/desktop-app/build-app.ts'
import type { AppPlaces } from '../../scripts/desktop-app/electron-launch.ts'
import { type LocalStack, startLocalStack } from '../../scripts/local-stack/local-stack.ts'
import { makePrivateFolder, removePrivateFolder } from '../../scripts/local-stack/private-file.ts'
import { readRuntime } from '../../scripts/local-stack/runtime.ts'
import { type DesktopStub, startDesktopStub } from '../desktop/desktop-stub.ts'
import type { SourceEntry } from '../screens/source-screen.ts'
import { type FaultySource, startFaultySource } from './faulty-source.ts'
import { emptyKeychain } from './keychain.ts'
import { type RunningApp, startApp, startAtLogin, type TrayApp } from './running-app.ts'
import { createBucket, fillSource, sourceBuckets, TEST_CAP } from './sample-data.ts'
import type { Directory } from '../../server/directory/directory.ts'
import { createTestAccount, openDirectory, type TestAccount } from './test-account.ts'

export interface Stack extends LocalStack {
  readonly privateFolder: string
  /** The key pair of the source with one of its buckets. */
  entry(bucket: string, prefix?: string): SourceEntry
}

interface RunFixtures {
  readonly stack: Stack
  readonly operators: Directory
}

interface TestFixtures {
  /** A fault proxy before the stack's source. */
  readonly faultySource: FaultySource & Pick<Stack, 'entry'>
  /** Fresh for each test, with buckets of its own. */
  readonly account: TestAccount
  readonly desktop: DesktopStub
  readonly places: AppPlaces
  /** Starts the app with this test's settings folder; also a second time, or at another API. */
  readonly start: (at?: AppPlaces) => Promise<RunningApp>
  /** The same, as the system does at login: into the tray. */
  readonly startInTray: () => Promise<TrayApp>
  readonly app: RunningApp
  /** The app with the account signed in. */
  readonly signedIn: RunningApp
}

export const test = base.extend<TestFixtures, RunFixtures>({
  stack: [
    async ({}, use) => {
      const { node, rclone } = readRuntime()
      await buildApp(node.path)
      const privateFolder = await makePrivateFolder('e2e')
      const stack = await startLocalStack({
        privateFolder,
        nodePath: node.path,
        rclonePath: rclone.path,
        sourceBuckets,
        carolinaBuckets: [],
        capBytesPerSecond: TEST_CAP,
      }).catch(async (error: unknown) => {
        await removePrivateFolder(privateFolder)
        throw error
      })
      try {
        await fillSource(createS3Client(stack.source), stack.source.dataFolder)
        const { endpoint, accessKeyId, secretAccessKey } = stack.source
        const keys = { endpoint, accessKeyId, secretAccessKey }
        const entry = (bucket: string, prefix = ''): SourceEntry => ({ ...keys, bucket, prefix })
        await use({ ...stack, privateFolder, entry })
      } finally {
        await stack.stop()
        await removePrivateFolder(privateFolder)
      }
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  operators: [
    async ({ stack }, use) => {
      const { directory, close } = await openDirectory(stack)
      await use(directory)
      await close()
    },
    { scope: 'worker' },
  ],

  account: async ({ stack, operators }, use) => {
    const account = await createTestAccount(stack, operators)
    await createBucket(createS3Client(stack.carolina), account.bucket)
    await use(account)
    await account.cancelLive()
  },

  faultySource: async ({ stack }, use) => {
    const proxy = await startFaultySource(stack.source.endpoint)
    await use({ ...proxy, entry: (bucket, prefix) => ({ ...stack.entry(bucket, prefix), endpoint: proxy.endpoint }) })
    await proxy.stop()
  },

  desktop: async ({}, use) => {
    const desktop = await startDesktopStub()
    await use(desktop)
    desktop.close()
  },

  places: async ({ stack }, use) => {
    const userDataFolder = await mkdtemp(join(stack.privateFolder, 'user-data-'))
    await emptyKeychain()
    await use({ apiOrigin: stack.apiOrigin, userDataFolder })
    await rm(userDataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  },

  start: async ({ places, desktop }, use, testInfo) => {
    void desktop
    const apps: RunningApp[] = []
    await use(async (at = places) => {
      const app = await startApp(at)
      apps.push(app)
      return app
    })
    for (const { electron } of apps) {
      if (testInfo.status !== testInfo.expectedStatus) await attachPictures(electron.windows(), testInfo)
      await electron.close()
    }
  },

  startInTray: async ({ places, desktop }, use) => {
    void desktop
    const apps: TrayApp[] = []
    await use(async () => {
      const app = await startAtLogin(places)
      apps.push(app)
      return app
    })
    for (const { electron } of apps) await electron.close()
  },

  app: async ({ start }, use) => use(await start()),

  signedIn: async ({ app, account }, use) => {
    await app.screens.signIn.signIn(account.apiKey)
    await app.screens.source.heading.waitFor()
    await use(app)
  },
})

type TestInfo = ReturnType<typeof test.info>
type Pages = Awaited<ReturnType<RunningApp['electron']['windows']>>

async function attachPictures(pages: Pages, testInfo: TestInfo): Promise<void> {
  for (const page of pages) {
    const body = await page.screenshot().catch(() => null)
    if (body !== null) await testInfo.attach('window at the failure', { body, contentType: 'image/png' })
  }
}

export { expect } from '@playwright/test'
