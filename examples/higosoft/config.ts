import type { VendorConfig } from '../../src/policy/index.ts'
import { catalogue } from './catalogue.ts'
import { policy } from './policy.ts'
import { sampleSerials } from './serials.ts'

/** The example vendor. `avow.config.ts` in the root folder takes its place. */
export const config: VendorConfig = {
  mode: 'example',
  brand: { name: 'Higosoft', tagline: 'Software by post or download' },
  timeZone: 'Europe/Brussels',
  orderPrefix: 'HS',
  policy,
  catalogue,
  sampleSerials,
}
