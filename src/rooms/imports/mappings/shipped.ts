import { gumroad } from './gumroad.ts'
import { lemonsqueezy } from './lemonsqueezy.ts'
import type { Mapping } from './mapping.ts'
import { paddle } from './paddle.ts'
import { regnow } from './regnow.ts'
import { stripe } from './stripe.ts'
import { swreg } from './swreg.ts'

/** The mappings that come with the program, by name. Each says how far its column names are the real ones. */
export const shipped: readonly Mapping[] = [swreg, regnow, stripe, paddle, gumroad, lemonsqueezy]
