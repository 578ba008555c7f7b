import { expect, type Page } from '@playwright/test'

type Mail = { readonly id: string; readonly to?: string; readonly text?: string }

/** The newest link of a kind that was mailed to somebody, once it is there. Shape: `path` as `/k/`. */
export async function mailedLink(page: Page, of: { email: string; outbox: string; path: string }): Promise<string> {
  const json = async (path: string): Promise<unknown> => (await page.request.get(of.outbox + path)).json()
  let found: string | undefined
  await expect(async () => {
    const { mails } = (await json('/mails.json')) as { mails: Mail[] }
    for (const { id } of mails) {
      const { to, text = '' } = (await json(`/mails/${id}.json`)) as Mail
      if (to === of.email) found ??= new RegExp(`http\\S+${of.path}\\S+`).exec(text)?.[0]
    }
    expect(found).toBeDefined()
  }).toPass({ timeout: 20_000 })
  return found ?? ''
}
