import { run } from './cli/run.ts'
import { openDesk } from './desk/open.ts' // red
export const all = [run, openDesk, (name: string) => import(name)]
