import {
  test as base,
  expect,
  type BrowserContext,
  type ConsoleMessage,
  type Page,
  type Request,
} from '@playwright/test'
import { builtAs, freshFolders, runAvow, startProgram, type Program } from '../program.ts'
import { browserBuild } from './build.ts'

export { expect } from '@playwright/test'

/** What a browser saw on the way that it should never see. */
export type Watched = { readonly cookies: () => Promise<string[]>; readonly troubles: string[] }

type Fixtures = { readonly watched: Watched }
/** The running program. Shape: `staff` answers a sign-in link that nobody has used yet. */
type Started = { readonly shop: Program & { readonly staff: () => Promise<string> } }

/** The built program, once for each worker, and a watch over every page that a test opens. */
export const test = base.extend<Fixtures, Started>({
  shop: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern what the fixture stands on: nothing
    async ({}, use) => {
      const folders = freshFolders()
      const program = await startProgram({ ...folders, dist: builtAs(browserBuild) })
      const staff = async (): Promise<string> =>
        /http\S+\/s\/\S+/.exec((await runAvow(builtAs(browserBuild), folders.data, ['staff'])).out)?.[0] ?? ''
      await use({ ...program, staff })
      const end = await program.stop()
      folders.remove()
      const broken = end.err.split('\n').filter((line) => / status=5|^broken/.test(line))
      if (broken.length > 0) throw new Error(`the shop broke: ${broken.join('; ')}`)
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ shop }, use) => use(shop.store),
  watched: [
    async ({ context, shop }, use) => {
      const troubles: string[] = []
      watch(context, [shop.store, shop.sim, shop.outbox], troubles)
      const cookies = async (): Promise<string[]> => (await context.cookies()).map(({ name }) => name)
      await use({ cookies, troubles })
      expect(troubles, 'console errors and requests to others').toEqual([])
    },
    { auto: true },
  ],
})

/** For visitors who never sign in: whatever they did, no cookie is there afterwards. */
export const visitorTest = test.extend<{ readonly noCookie: void }>({
  noCookie: [
    async ({ watched }, use) => {
      await use()
      expect(await watched.cookies(), 'cookies of a visitor').toEqual([])
    },
    { auto: true },
  ],
})

/** Notes what a browser should never do on these pages: ask others, fail a request, complain on the console. */
export function watch(context: BrowserContext, origins: readonly string[], troubles: string[]): void {
  context.on('request', (request: Request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol !== 'data:' && !origins.includes(origin)) troubles.push(`a request to ${origin}`)
  })
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    if (!/ERR_ABORTED/.test(why)) troubles.push(`${request.resourceType()} failed: ${why}`)
  })
  context.on('console', (message) => {
    if (isTrouble(message)) troubles.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => troubles.push(`script: ${error.error().message}`))
}

/** A browser reports each page that is an answer of refusal (404, 422, …); those are pages that the tests ask for. */
function isTrouble(message: ConsoleMessage): boolean {
  if (message.type() !== 'error' && message.type() !== 'warning') return false
  const refused = /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())
  return !(refused && message.location().url === message.page()?.url())
}

/** How many pages were opened by a form or a link. */
export function countPages(page: Page): () => number {
  let pages = 0
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.redirectedFrom() === null) pages += 1
  })
  return () => pages
}
