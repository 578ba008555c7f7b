import type { Frame } from './frame.ts' // red
import { plain } from './plain.ts'
export type Page = { frame: Frame; plain: typeof plain }
