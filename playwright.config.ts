import { defineConfig } from '@playwright/test'
import { chromium } from './scripts/machine.js'

const browser = chromium()
const wide = { viewport: { width: 1280, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

export default defineConfig({
  testDir: 'test/browser',
  globalSetup: './test/browser/build.ts',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  timeout: 120_000,
  forbidOnly: true,
  reporter: 'line',
  use: {
    locale: 'en-GB',
    // A colour on its way from light to dark is neither; people who ask for less motion see none of that.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(browser && { executablePath: browser }),
      args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : [],
    },
  },
  projects: [
    { name: 'wide', use: wide },
    { name: 'phone', use: phone, testMatch: ['buy.spec.ts', 'erase.spec.ts'] },
    {
      name: 'no script',
      use: { ...wide, javaScriptEnabled: false },
      testMatch: ['buy.spec.ts', 'erase.spec.ts', 'rights.spec.ts', 'surveys.spec.ts'],
    },
  ],
})
