import { Page } from '../web/index.ts' // red
import { dayIn } from '../lib/index.ts'
import { shape } from './shape.ts'
export const all = [Page, dayIn, shape]
