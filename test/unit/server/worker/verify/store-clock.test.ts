import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { watchClock } from '../../../../../server/worker/verify/store-clock.ts'

/** The offset read off one answer of a server whose clock is off by so much. */
async function readOffset(aheadMs: number | null, status = 200): Promise<number> {
  const server = createServer((_request, response) => {
    response.sendDate = false
    if (aheadMs !== null) response.setHeader('date', new Date(Date.now() + aheadMs).toUTCString())
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const client = new S3Client({
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'KEY', secretAccessKey: 'secret' },
  })
  try {
    const clock = watchClock(client)
    expect(clock.offsetMs()).toBe(0)
    await client.send(new HeadBucketCommand({ Bucket: 'bucket' })).catch(() => undefined)
    return clock.offsetMs()
  } finally {
    client.destroy()
    server.close()
  }
}

test('B3: a store’s clock is read off its answers, refusals too', async () => {
  for (const [aheadMs, status] of [[-600_000, 200], [90_000, 403]] as const) {
    const offsetMs = await readOffset(aheadMs, status)
    expect(Math.abs(offsetMs - aheadMs)).toBeLessThan(2_000)
  }
})

test('B3: a second or two is the resolution of the header, and no header tells nothing', async () => {
  expect(await readOffset(2_000)).toBe(0)
  expect(await readOffset(null)).toBe(0)
})
