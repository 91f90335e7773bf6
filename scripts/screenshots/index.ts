import { startFaultySource } from '../../e2e/support/faulty-source.ts'
import { startApp } from '../../e2e/support/running-app.ts'
import { createS3Client } from '../demo/s3-client.ts'
import { uploadSample } from '../demo/sample-bucket.ts'
import { buildApp } from '../desktop-app/build-app.ts'
import { type LocalStack, startLocalStack } from '../local-stack/local-stack.ts'
import { makePrivateFolder, makeSubfolder, removePrivateFolder } from '../local-stack/private-file.ts'
import { readRuntime } from '../local-stack/runtime.ts'
import { preparePhotograph, screenshotFolder } from './photograph.ts'
import { revokeSourceKey } from './revoke-source-key.ts'
import {
  archivedFiles,
  carolinaBuckets,
  createSampleAccount,
  SOURCE_BUCKET,
  UNREADABLE_FILE,
} from './sample-account.ts'
import { walkThrough } from './walk-through.ts'

// Entry, run by "npm run screenshots" inside a desktop session: takes the pictures of the documentation with the real
// app against the real hosted side.
// Slow enough for the graph to have a course.
const CAP_BYTES_PER_SECOND = 8 * 1024 * 1024
const { node, rclone } = readRuntime()
await buildApp(node.path)
const privateFolder = await makePrivateFolder('screenshots')
try {
  const stack = await startLocalStack({
    privateFolder,
    nodePath: node.path,
    rclonePath: rclone.path,
    sourceBuckets: [SOURCE_BUCKET],
    carolinaBuckets,
    capBytesPerSecond: CAP_BYTES_PER_SECOND,
  })
  await takePictures(stack).finally(() => stack.stop())
} finally {
  await removePrivateFolder(privateFolder)
}
process.stdout.write(`The pictures are in ${screenshotFolder}\n`)

async function takePictures(stack: LocalStack): Promise<void> {
  await uploadSample(createS3Client(stack.source), SOURCE_BUCKET)
  const apiKey = await createSampleAccount(stack)
  const userDataFolder = await makeSubfolder(privateFolder, 'user-data')
  const faulty = await startFaultySource(stack.source.endpoint)
  for (const key of archivedFiles) faulty.faults.archived.add(key)
  faulty.faults.denied.add(UNREADABLE_FILE)
  const app = await startApp({ apiOrigin: stack.apiOrigin, userDataFolder })
  try {
    const { endpoint, accessKeyId, secretAccessKey } = stack.source
    await walkThrough({
      screens: app.screens,
      photograph: await preparePhotograph(app.page),
      apiKey,
      source: { endpoint, accessKeyId, secretAccessKey, bucket: SOURCE_BUCKET },
      sourceWithExceptions: { endpoint: faulty.endpoint, accessKeyId, secretAccessKey, bucket: SOURCE_BUCKET },
      revokeSourceKey: () => revokeSourceKey(stack.source),
    })
  } finally {
    await app.quit()
    await faulty.stop()
  }
}
