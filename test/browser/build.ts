import { buildProgram } from '../program.ts'

/** Where the browser tests find the program, built once for all of them. */
export const browserBuild = 'browser'

/** Builds the program before the first test. */
export default async function setup(): Promise<void> {
  await buildProgram(browserBuild)
}
