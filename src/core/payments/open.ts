import type { Now } from '../../lib/index.ts'
import { processorsOf, type Processors } from './processors.ts'
import { paddleAdapter, type PaddleSettings } from './paddle/adapter.ts'
import { stripeAdapter, type StripeSettings } from './stripe/adapter.ts'

/** How to reach the processors that a shop is set up with; one that is absent is not offered. */
export type ProcessorSettings = {
  readonly stripe?: Omit<StripeSettings, 'live'>
  readonly paddle?: Omit<PaddleSettings, 'live'>
}

/** Joins the processors that are set up. Shape: `live` as in the vendor's config; an example plays also those that are closed. */
export function openProcessors(settings: ProcessorSettings, { live, now }: { live: boolean; now: Now }): Processors {
  const { stripe, paddle } = settings
  return processorsOf([
    ...(stripe ? [stripeAdapter({ ...stripe, live }, now)] : []),
    ...(paddle ? [paddleAdapter({ ...paddle, live }, now)] : []),
  ])
}
