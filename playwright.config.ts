import { defineConfig } from '@playwright/test'

// Real Electron against the real server, rclone and S3. Needs a desktop: `npm test -- e2e` brings one.
export default defineConfig({
  testDir: 'e2e/specs',
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
