import type { SourceConnection } from './source-connection.ts'
import type { SourceS3 } from './source-s3.ts'

/** Loads the AWS SDK with the first source: it is half of main's code, and no start waits for it. */
export async function openAwsSource(source: SourceConnection, signal: AbortSignal): Promise<SourceS3> {
  const { createAwsSourceS3 } = await import('./aws-source-s3.ts')
  return createAwsSourceS3(source, signal)
}
