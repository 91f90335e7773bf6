import { S3Client } from '@aws-sdk/client-s3'

export interface S3Access {
  readonly endpoint: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export function createS3Client({ endpoint, accessKeyId, secretAccessKey }: S3Access): S3Client {
  return new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } })
}
