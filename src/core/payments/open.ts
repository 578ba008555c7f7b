import type { Now } from '../../lib/index.ts'
import { manualAdapter } from './manual/adapter.ts'
import { paddleAdapter, type PaddleSettings } from './paddle/adapter.ts'
import { processorsOf, type Processors, type Sold } from './processors.ts'
import { regnowAdapter } from './regnow/adapter.ts'
import type { RegnowSettings } from './regnow/settings.ts'
import { sealedAdapter, type SealedSettings } from './sealed/adapter.ts'
import type { NoticeKeys } from './sealed/keys.ts'
import { stripeAdapter, type StripeSettings } from './stripe/adapter.ts'
import { swregAdapter } from './swreg/adapter.ts'
import type { SwregSettings } from './swreg/settings.ts'

/** How to reach the processors that a shop is set up with; one that is absent is not offered. */
export type ProcessorSettings = {
  readonly stripe?: Omit<StripeSettings, 'live'>
  readonly paddle?: Omit<PaddleSettings, 'live'>
  readonly swreg?: SwregSettings
  readonly regnow?: RegnowSettings
  readonly sealed?: Omit<SealedSettings, 'live' | 'keys'>
}

/** Shape: `byHand` where the vendor has named an account; `sold` is what the catalogue sells. */
type Opening = {
  readonly live: boolean
  readonly now: Now
  readonly sold: Sold
  readonly noticeKeys: NoticeKeys
  readonly byHand: boolean
}

/** Joins the processors that are set up. Shape: `live` as in the vendor's config; an example plays also those that are closed. */
export function openProcessors(settings: ProcessorSettings, of: Opening): Processors {
  const { live, now, sold, noticeKeys, byHand } = of
  const { stripe, paddle, swreg, regnow, sealed } = settings
  return processorsOf([
    ...(stripe ? [stripeAdapter({ ...stripe, live }, now)] : []),
    ...(paddle ? [paddleAdapter({ ...paddle, live }, now)] : []),
    ...(swreg ? [swregAdapter({ ...swreg, live }, sold, now)] : []),
    ...(regnow ? [regnowAdapter({ ...regnow, live }, sold, now)] : []),
    ...(sealed ? [sealedAdapter({ ...sealed, live, keys: noticeKeys })] : []),
    ...(byHand ? [manualAdapter()] : []),
  ])
}
