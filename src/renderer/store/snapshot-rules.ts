/**
 * What to do with a snapshot that main sent: `take` it when it follows what is held, `ignore` what is
 * older, `ask-again` when one in between was missed.
 */
export function judgeSnapshotNotice(
  heldRevision: number | null,
  noticeRevision: number,
): 'take' | 'ignore' | 'ask-again' {
  if (heldRevision === null) return 'ask-again'
  if (noticeRevision <= heldRevision) return 'ignore'
  return noticeRevision === heldRevision + 1 ? 'take' : 'ask-again'
}
