/** Serial numbers of invented copies that were sold elsewhere, so that registering one can be tried. A real list is loaded with `npx avow serials list.csv` and stands in no file beside the code. */
export const sampleSerials = [
  { product: 'plumbline', serial: 'PL4-2207-1183', source: 'box' },
  { product: 'plumbline', serial: 'PL4-2207-1184', source: 'reseller' },
  { product: 'tally', serial: 'TALLY-2009-55120', source: 'swreg' },
  { product: 'tally', serial: 'TALLY-2011-80413', source: 'regnow' },
]
