const MAX_SUGGESTIONS = 3
/** Keys are up to 1,024 bytes; comparing more than this of each says nothing more. */
const COMPARED_CHARACTERS = 120

/**
 * E5: what was probably meant. Names that go on from what was typed come first, then those that need the
 * fewest changed letters; names that share nothing with it are left out.
 */
export function nearestNames(typed: string, candidates: readonly string[]): readonly string[] {
  const wanted = bare(typed)
  return [...new Set(candidates)]
    .filter((candidate) => candidate !== typed)
    .map((candidate) => ({ candidate, distance: distance(wanted, bare(candidate)) }))
    .filter(({ candidate, distance: d }) => d <= Math.max(1, Math.floor(bare(candidate).length / 3)))
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, MAX_SUGGESTIONS)
    .map(({ candidate }) => candidate)
}

const bare = (name: string): string => name.replace(/^\/+|\/+$/g, '').toLowerCase().slice(0, COMPARED_CHARACTERS)

function distance(wanted: string, name: string): number {
  // Something typed halfway is nearer than anything misspelled.
  if (name.startsWith(wanted)) return 0
  return editDistance(wanted, name)
}

/** Levenshtein: inserted, removed and changed letters. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
