import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import axe from 'axe-core'

const widths = [1280, 390] as const
const schemes = ['light', 'dark'] as const
const shots = process.env['AVOW_SHOTS']

/**
 * A page is sound when axe finds nothing and nothing sticks out, at both widths, light and dark. It is looked at once, by the project
 * with scripts and a wide window: the others walk the same pages.
 */
export async function expectSound(page: Page, name: string): Promise<void> {
  if (test.info().project.name !== 'wide') return
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    await expectNoOverflow(page, `${name} at ${width}`)
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme })
      if (shots)
        await page.screenshot({
          path: `${shots}/${name}-${width}-${colorScheme}.png`,
          fullPage: true,
          caret: 'initial',
        })
      await expectNoViolation(page, { where: `${name} at ${width}, ${colorScheme}`, rules: rulesIn[colorScheme] })
    }
  }
  await page.emulateMedia({ colorScheme: null })
  if (before) await page.setViewportSize(before)
}

/** Between light and dark only colours change, so in the dark only the rules about colour have anything new to find. */
const rulesIn = { light: undefined, dark: ['color-contrast', 'link-in-text-block'] }

type Looking = { readonly where: string; readonly rules: string[] | undefined }

async function expectNoViolation(page: Page, { where, rules }: Looking): Promise<void> {
  const builder = new AxeBuilder({ page, axeSource: axe.source }).setLegacyMode()
  const { violations, passes } = await (rules ? builder.withRules(rules) : builder).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  expect(found, `axe on ${where}`).toEqual([])
  expect(passes.length, `rules that axe applied on ${where}`).toBeGreaterThan(rules ? 0 : 10)
}

async function expectNoOverflow(page: Page, where: string): Promise<void> {
  const sticksOut = await page.locator('html').evaluate((html) => {
    const room = html.clientWidth
    const wide = [...html.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > room + 1)
    return html.scrollWidth > room ? ['the page', ...wide.map((one) => one.outerHTML.slice(0, 80))] : []
  })
  expect(sticksOut, `what sticks out on ${where}`).toEqual([])
}
