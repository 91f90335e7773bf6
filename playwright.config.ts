import { defineConfig } from '@playwright/test'

// Real Electron against the real server, rclone and S3. Needs a desktop: `npm test -- e2e` brings one.
export default defineConfig({
  projects: [
    { name: 'app', testDir: 'e2e/specs' },
    // Every state of the window, in Electron but with nothing behind it.
    { name: 'gallery', testDir: 'test/gallery/specs' },
  ],
  outputDir: 'test-results',
  // One desktop, one keychain, one stack.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 45_000,
  expect: { timeout: 12_000 },
  reporter: [['list']],
  use: { trace: 'retain-on-failure' },
})
