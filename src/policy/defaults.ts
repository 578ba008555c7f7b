import { fields, processorOnly } from './fields.ts'
import { purposes } from './purposes/index.ts'
import type { PolicySource } from './types.ts'

/** The shipped policy: what rooms compile against. A vendor's own policy narrows it, as data. */
export const defaults = {
  fields,
  processorOnly,
  purposes,
  cookies: [
    {
      name: '__Host-avow-staff',
      whatFor: {
        en: 'Keeps a member of our staff signed in. It holds a random number and nothing else. Customers never get it.',
      },
      lifetime: { en: '12 hours' },
      seconds: 43_200,
      path: '/',
    },
    {
      name: '__Host-avow-uncounted',
      of: 'statistics',
      sameSite: 'Lax',
      whatFor: {
        en: 'Tells us not to count you. It is there only if you chose that on the page “Cookies and counting”. It holds a random number that we keep nowhere.',
      },
      lifetime: { en: '13 months' },
      seconds: 34_128_000,
      path: '/',
    },
    {
      name: '__Host-avow-known',
      of: 'statistics',
      sameSite: 'Lax',
      whatFor: {
        en: 'Tells us that you have been here before. It is there only if you chose that on the page “Cookies and counting”. It holds a random number; we count that somebody returned and do not keep the number.',
      },
      lifetime: { en: '13 months' },
      seconds: 34_128_000,
      path: '/',
    },
  ],
} as const satisfies PolicySource<keyof typeof fields>

/** A kind of personal datum. */
export type Field = keyof typeof defaults.fields

/** What data is held for. */
export type Purpose = keyof typeof defaults.purposes

type Uses<P extends Purpose> = (typeof defaults.purposes)[P]['fields']
type Fixed<P extends Purpose> = { [F in keyof Uses<P>]: Uses<P>[F] extends { fixed: true } ? F : never }[keyof Uses<P>]

/** The fields a purpose may see: present only where the shipped policy fixes them, else perhaps absent. */
export type FieldsOf<P extends Purpose> = {
  readonly [F in Extract<keyof Uses<P>, Field>]: F extends Fixed<P> ? string : string | undefined
}

/** The names of the fields a purpose may see. */
export type FieldOf<P extends Purpose> = Extract<keyof Uses<P>, Field>
