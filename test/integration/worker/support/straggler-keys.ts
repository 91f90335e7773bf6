/** Keys that rclone skips, refuses or carries to other keys, and ones that only look so. S3 allows all of them. */
export const strangeKeys: readonly string[] = [
  // Empty segments, markers with and without content, an object beside a folder of its name.
  ...['/leading', '//two', '///three', 'a', 'a/', 'a/b', 'a//b', 'a///c', 'deep/marker/', 'deep/marker/x', 'only/'],
  ...['full/', 'full//', 'f.txt', 'f.txt/child'],
  // Dot segments, and names that only hold dots.
  ...['.', '..', './x', '../up', 'd/./f', 'd/../g', 'd/.', 'd/..', 'd/...', 'd/.../h', '.hidden', 'd/.hid/x'],
  // rclone's own writing of such names, and of control characters.
  ...['．', 'w/．', 'w/．．', 'w/．/x', '．．/x', 'w/／x', 'w/␀', 'w/␁', 'w/␡', 'w/␟/x'],
  ...['‛', '‛x', 'x‛', 'q/‛．', 'q/‛‛', 'q/‛1F', 'q/‛41', 'q/A', 'q/‛2F', 'q‛z/x', 'q/‛／y'],
  // Control characters, in names and in folders.
  ...['c/\u0001', 'c/\u001f', 'c/\n', 'c/\r', 'c/\t', 'c/x\u007fy', 'c\u0001d/file', 'c\nd/file', 'c\u001fd/e/f', 'c\uffffd/x'],
  // Twins for a reader who normalises, and what else Unicode has.
  ...['n/é', 'n/e\u0301', 'n-é/x', 'n-e\u0301/x', 'u/A', 'u/a', 'u/😀', 'u/\u{10ffff}', 'u/\ufffd', 'u/\ufeffbom', 'u/\u200b', 'u/日本'],
  // What URLs, shells and globs are particular about.
  ...[' ', ' lead', 'trail ', ' d/x', 'd /x', 's/a b', 's/a+b', 's+t/x', 's/a%b', 's/a%20b', 's/a%2Fb', 's%41/x', 's/?#&='],
  ...['s/*[x]{y}', 's/\\', "s/'\"<>|:;,!$`^~@"],
  // 1,024 bytes, in one name and in many.
  ...['y'.repeat(1024), `${'z'.repeat(100)}/`.repeat(10) + 'z'.repeat(14), 'ü'.repeat(512), `l//${'x'.repeat(1021)}`],
]

/** Empty where it is a folder's marker by its looks. */
export const bodyOfStrange = (key: string): string =>
  key.endsWith('/') && !key.startsWith('full/') ? '' : `body of ${JSON.stringify(key)}`
