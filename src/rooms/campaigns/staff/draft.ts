import type { Channel } from '../../../contact/index.ts'
import { oneText, type FormBody } from '../../../web/index.ts'
import type { CampaignContext } from '../context.ts'
import { channelsOn } from '../news/pages.tsx'
import type { Draft } from '../queries.ts'
import { en } from './words.ts'

const MOST = { heading: 150, words: 8000 } as const

/** A draft as it was typed, well or not. */
export type TypedDraft = {
  readonly channel: string
  readonly heading: string
  readonly words: string
  readonly product: string
  readonly country: string
}

/** An empty draft. */
export const emptyDraft: TypedDraft = { channel: '', heading: '', words: '', product: '', country: '' }

/** A draft read from a form, or what is wrong with it. */
export type ReadDraft =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly typed: TypedDraft; readonly errors: Readonly<Record<string, string>> }

/** Reads a draft from what was typed. */
export function readDraft(ctx: Pick<CampaignContext, 'products' | 'countries' | 'policy'>, body: FormBody): ReadDraft {
  const typed = {
    channel: textIn(body, 'channel'),
    heading: textIn(body, 'heading').replace(/\s+/g, ' '),
    words: textIn(body, 'words'),
    product: textIn(body, 'product'),
    country: textIn(body, 'country'),
  }
  const errors = faultsOf(ctx, typed)
  if (Object.keys(errors).length > 0) return { ok: false, typed, errors }
  const { heading, words } = typed
  const channel = typed.channel as Channel
  const onlyProduct = ctx.products.find(({ id }) => id === typed.product)?.id ?? null
  const onlyIn = (channel === 'post' && ctx.countries.find(({ code }) => code === typed.country)?.code) || null
  return { ok: true, draft: { channel, heading, words, onlyProduct, onlyIn } }
}

/** One text of a form, with line ends of one kind and without what cannot be printed. */
export function textIn(body: FormBody, name: string): string {
  return oneText(body, name)
    .replaceAll('\r\n', '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .trim()
}

function faultsOf(
  ctx: Pick<CampaignContext, 'policy'>,
  { channel, heading, words }: TypedDraft,
): Record<string, string> {
  return {
    ...(channelsOn(ctx).some((one) => one === channel) ? {} : { channel: en.channelMissing }),
    ...(heading === '' ? { heading: en.headingMissing } : {}),
    ...(heading.length > MOST.heading ? { heading: en.tooLong(en.heading, MOST.heading) } : {}),
    ...(words === '' ? { words: en.wordsMissing } : {}),
    ...(words.length > MOST.words ? { words: en.tooLong(en.words, MOST.words) } : {}),
  }
}
