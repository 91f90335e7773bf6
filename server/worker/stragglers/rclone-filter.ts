import { MAX_RCLONE_OBJECT_BYTES } from './rclone-key-rules.ts'

/** rclone's writing of a segment `.` or `..`, and every name in which it had to quote a character. */
const ODD_NAME = '．．?|[^/]*[‛␀][^/]*'
/** rclone's writing of control characters that XML cannot hold, and two more that it cannot. */
const UNLISTABLE_FOLDER = '[^/]*[␁-␈␋␌␎-␟\ufffe\uffff][^/]*'

/**
 * What rclone is told to leave alone (`_filter` of its rc), because the worker copies it: the same objects as
 * `isBeyondRclone`, but for keys that are too long, which the destination refuses. The rules see paths below the
 * copied root in rclone's own writing, so they hold only with `STRAGGLER_ENCODING`. rclone refuses them beside a
 * list of files (`FilesFrom0`): no straggler may stand in one. `operations/copyfile` heeds no filter.
 */
export function stragglerFilter(): Readonly<Record<string, unknown>> {
  return {
    FilterRule: [
      // `/**` makes it a rule for folders as well: they are not even listed.
      `- /{{(?:.*/)?(?:${ODD_NAME}|${UNLISTABLE_FOLDER})}}/**`,
      `- /{{(?:.*/)?(?:${ODD_NAME})}}`,
      // Of files only: the path of every folder ends in a slash.
      '- /{{.*/|/.*|.*//.*}}',
    ],
    // Bytes; an object of just this size is still rclone's.
    MaxSize: MAX_RCLONE_OBJECT_BYTES,
  }
}

/**
 * The `encoding` of both remotes: rclone's default for S3 without `InvalidUtf8`, with which it reads a key like
 * `a/‛41` as `a/A`, another key.
 */
export const STRAGGLER_ENCODING = 'Slash,Dot'
