import type { Page } from './page.tsx'
export type Looks = Page
