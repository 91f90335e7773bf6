import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { proposedReportName, reportFormatOf } from '../../../../src/main/reports/report-name-rules.ts'
import { createReportSaver } from '../../../../src/main/reports/report-saver.ts'
import { createWholeFiles } from '../../../../src/main/reports/whole-file.ts'
import { createFakeApiClient } from '../fakes/fake-api-client.ts'
import { migration, MIGRATION_ID, OTHER_ID } from '../fakes/views.ts'

const sha256 = 'f'.repeat(64)
const report = { rows: 2, csv: { bytes: 3, sha256 }, json: { bytes: 3, sha256 } }
const ended = migration({ state: 'completed', finishedAt: '2026-11-20T23:10:00.000Z', report })

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-saver-'))
})
afterEach(() => rm(folder, { recursive: true }))

function setUp(name: string | null = 'mine.csv') {
  const api = createFakeApiClient()
  api.answer('getMigration', { ok: true, value: ended })
  api.answerFile({ text: 'a,b', sha256 })
  const askWhereTo = vi.fn((_proposedName: string) => Promise.resolve(name === null ? null : join(folder, name)))
  const saver = createReportSaver({ beginCalls: api.beginCalls, askWhereTo, files: createWholeFiles() })
  return { api, askWhereTo, saver }
}

describe('saving the report (B3)', () => {
  it.each([
    ['mine.csv', 'csv'],
    ['mine.JSON', 'json'],
    ['without an ending', 'csv'],
  ])('as %s asks for %s and tells name and digest, not the folder', async (name, format) => {
    const { api, askWhereTo, saver } = setUp(name)
    expect(await saver.save(MIGRATION_ID)).toEqual({ ok: true, value: { kind: 'saved', fileName: name, sha256 } })
    expect(askWhereTo).toHaveBeenCalledExactlyOnceWith('migration-photos-2026-11-20-23-10.csv')
    expect(api.calls[1]).toMatchObject({ name: 'getReport', input: { params: { migrationId: MIGRATION_ID }, query: { format } } })
    expect(await readFile(join(folder, name), 'utf8')).toBe('a,b')
  })

  it('does nothing when no place is chosen', async () => {
    const { api, saver } = setUp(null)
    expect(await saver.save(MIGRATION_ID)).toEqual({ ok: true, value: { kind: 'not-chosen' } })
    expect(api.calls).toHaveLength(1)
  })

  it('asks for no place when there is no report', async () => {
    const { api, askWhereTo, saver } = setUp()
    api.answer('getMigration', { ok: true, value: migration({ state: 'failed' }) })
    expect(await saver.save(MIGRATION_ID)).toEqual({ ok: false, error: { code: 'report-not-there' } })
    expect(askWhereTo).not.toHaveBeenCalled()
  })

  it.each(['report-not-there', 'report-damaged', 'api-unreachable'] as const)('E10: passes on %s and leaves nothing', async (code) => {
    const { api, saver } = setUp()
    api.answer('getReport', { ok: false, error: { code } })
    expect(await saver.save(MIGRATION_ID)).toEqual({ ok: false, error: { code } })
    expect(await readdir(folder)).toEqual([])
  })

  it('a second click joins the first; another migration has its own', async () => {
    const { askWhereTo, saver } = setUp()
    const answers = await Promise.all([saver.save(MIGRATION_ID), saver.save(MIGRATION_ID), saver.save(OTHER_ID)])
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true])
    expect(askWhereTo).toHaveBeenCalledTimes(2)
  })

  it('saves nothing for whoever signed out at the dialog', async () => {
    const { api, saver, askWhereTo } = setUp()
    askWhereTo.mockImplementation(() => {
      api.apiKey = null
      return Promise.resolve(join(folder, 'mine.csv'))
    })
    expect(await saver.save(MIGRATION_ID)).toEqual({ ok: false, error: { code: 'signed-out' } })
    expect(await readdir(folder)).toEqual([])
  })
})

describe('name of the report', () => {
  it('is a file name on every system', () => {
    expect(proposedReportName(migration({ source: { ...ended.source, bucket: 'team:photos' } }))).toEqual(expect.stringMatching(/^migration-team-photos-2026-11-22-\d\d-\d\d\.csv$/))
  })
  it('is another one for each of two runs on a day', () => {
    const again = migration({ finishedAt: '2026-11-20T23:11:00.000Z' })
    expect(proposedReportName(again)).not.toBe(proposedReportName(ended))
  })
  it('decides the format', () => {
    expect(['a.json', 'json', 'a.json.csv'].map(reportFormatOf)).toEqual(['json', 'csv', 'csv'])
  })
})
