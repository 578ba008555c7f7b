import type { FieldSources } from './types.ts'

/** Every kind of personal datum that the program can hold. Card number and expiry are not among them: see `processorOnly`. */
export const fields = {
  email: { label: { en: 'E-mail' }, part: 'contact', input: 'email', autocomplete: 'email', maxLength: 254 },
  name: { label: { en: 'Name' }, part: 'identity', input: 'text', autocomplete: 'name', maxLength: 200 },
  street: {
    label: { en: 'Street and number' },
    part: 'address',
    input: 'textarea',
    autocomplete: 'street-address',
    maxLength: 400,
  },
  postcode: { label: { en: 'Postcode' }, part: 'address', input: 'text', autocomplete: 'postal-code', maxLength: 20 },
  city: {
    label: { en: 'Town or city (and state)' },
    part: 'address',
    input: 'text',
    autocomplete: 'address-level2',
    maxLength: 120,
  },
  country: { label: { en: 'Country' }, part: 'address', input: 'select', autocomplete: 'country', maxLength: 2 },
  telephone: { label: { en: 'Telephone' }, part: 'contact', input: 'tel', autocomplete: 'tel', maxLength: 40 },
  message: {
    label: { en: 'What you want to tell us' },
    part: 'message',
    input: 'textarea',
    autocomplete: 'off',
    maxLength: 8000,
  },
  answers: { label: { en: 'Survey answers' }, part: 'message', input: 'made', autocomplete: 'off', maxLength: 20_000 },
  ipAddress: { label: { en: 'IP address' }, part: 'network', input: 'made', autocomplete: 'off', maxLength: 45 },
  processorMessage: {
    label: { en: 'What the processor of your payment told us' },
    part: 'message',
    input: 'made',
    autocomplete: 'off',
    maxLength: 100_000,
  },
  licenceKey: { label: { en: 'Licence key' }, part: 'licence', input: 'made', autocomplete: 'off', maxLength: 40 },
} as const satisfies FieldSources

/** What only the processor's own page ever takes. No form, purpose, reveal or export can name these. */
export const processorOnly = [
  { label: { en: 'Card number' }, why: { en: 'Typed at the card processor. It never reaches us.' } },
  { label: { en: 'Card expiry date' }, why: { en: 'Typed at the card processor. It never reaches us.' } },
] as const
