import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'

interface DatedObject {
  readonly bucket: string
  readonly key: string
  readonly body: string
  readonly date: Date
}

/** `rclone serve s3` takes the date of an object from this header, as rclone writes it. */
export async function putDatedObject(client: S3Client, { bucket, key, body, date }: DatedObject): Promise<void> {
  const metadata = { mtime: String(date.getTime() / 1000) }
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: metadata }))
}

export const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000)
