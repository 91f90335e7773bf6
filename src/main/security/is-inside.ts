import { isAbsolute, relative, resolve, sep } from 'node:path'

/** True when `path` is `root` or lies below it, after `.` and `..` are resolved. Symbolic links are not followed. */
export function isInside(root: string, path: string): boolean {
  const fromRoot = relative(resolve(root), resolve(path))
  return fromRoot !== '..' && !fromRoot.startsWith(`..${sep}`) && !isAbsolute(fromRoot)
}
