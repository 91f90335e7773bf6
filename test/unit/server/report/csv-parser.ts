/**
 * A strict reader of RFC 4180: CRLF ends every record, quotes only around whole cells and doubled within. Throws on
 * anything else. It undoes the quoting and nothing more.
 */
export function parseCsv(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < text.length) {
    const cell = /"(?:[^"]|"")*"|[^",\r\n]*/y
    cell.lastIndex = at
    const found = cell.exec(text)?.[0] ?? ''
    at += found.length
    record.push(found.startsWith('"') ? found.slice(1, -1).replaceAll('""', '"') : found)
    if (text[at] === ',') at += 1
    else if (text.startsWith('\r\n', at)) {
      at += 2
      records.push(record)
      record = []
    } else throw new Error(`no CSV at character ${String(at)}`)
  }
  if (record.length > 0) throw new Error('the last record has no end')
  return records
}
