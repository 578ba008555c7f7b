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
  // An invented account of an invented bank.
  bankTransfer: {
    holder: 'Higosoft Studio',
    iban: 'BE39 9990 0042 1719',
    bank: 'Voorbeeldbank',
    note: 'A cheque in euros goes to Kraanlei 12, 9000 Gent, Belgium.',
  },
  catalogue,
  sampleSerials,
}
