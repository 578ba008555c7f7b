import type { Page } from './page.tsx' // red
export type Words = { page: Page }
