import { beforeEach, describe, expect, it, vi } from 'vitest'

const { showSaveDialog } = vi.hoisted(() => ({ showSaveDialog: vi.fn() }))
/** Electron's own dialog, as far as it is asked. */
vi.mock('electron', () => ({ app: { getPath: () => '/downloads' }, dialog: { showSaveDialog } }))
const { askWhereToSave } = await import('../../../../src/main/window/save-dialog.ts')

beforeEach(() => {
  showSaveDialog.mockReset()
})

describe('asking where to save (B3)', () => {
  it('has the system ask before a file is replaced: on Linux it does not by itself', async () => {
    showSaveDialog.mockResolvedValue({ canceled: false, filePath: '/downloads/mine.csv' })
    expect(await askWhereToSave(null, 'report.csv')).toBe('/downloads/mine.csv')
    expect(showSaveDialog.mock.calls[0]?.[0]).toMatchObject({
      defaultPath: '/downloads/report.csv',
      properties: ['showOverwriteConfirmation'],
    })
  })

  it.each([
    { canceled: true, filePath: '/downloads/mine.csv' },
    { canceled: false, filePath: '' },
  ])('answers nothing for %o', async (answer) => {
    showSaveDialog.mockResolvedValue(answer)
    expect(await askWhereToSave(null, 'report.csv')).toBeNull()
  })
})
