import type { fields } from '../fields.ts'
import type { FieldUse, PurposeSource } from '../types.ts'

type F = keyof typeof fields
import { deliver, helps } from './use.ts'

const contractClock = { from: 'delivered', period: 'P60D' } as const
const storeForm = { en: 'the order form' } as const
const pastSale = { en: 'the report of a shop or card processor through which you bought before' } as const

const fromTheOrder = (why: string): FieldUse & { need: 'optional' } => ({ need: 'optional', why: { en: why } })

/** What an order is made of: to sell, to post, to know the owner, to pay back, to account for it. */
export const orderPurposes = {
  purchase: {
    title: { en: 'To sell you what you order' },
    sentence: { en: 'We use this to complete your order and to send you the key and the receipt.' },
    basis: 'contract',
    class: 'contract',
    clock: contractClock,
    shortest: 'P1D',
    fields: {
      email: deliver('To send the key and the receipt. Not used for offers.', 'Without it we cannot send you the key.'),
      licenceKey: { need: 'optional', why: { en: 'So that we can show it to you again.' } },
    },
    intake: [storeForm],
    recipients: ['processor', 'mailHost'],
    openers: ['person', 'program'],
    built: true,
    canBeOff: false,
  },

  fulfilment: {
    title: { en: 'To post your box' },
    sentence: { en: 'We use this to address the parcel. Only an order with a box asks for it.' },
    basis: 'contract',
    class: 'contract',
    clock: contractClock,
    shortest: 'P1D',
    fields: {
      name: {
        need: 'required',
        why: { en: 'Goes on the parcel, so that it is given to you and to nobody else.' },
        declining: { en: 'Without it we cannot post the box.' },
      },
      street: deliver('Goes on the parcel.', 'Without it we cannot post the box.'),
      postcode: {
        need: 'optional',
        why: { en: 'Goes on the parcel.' },
        declining: { en: 'Leave it empty if your country has none.' },
      },
      city: deliver('Goes on the parcel.', 'Without it we cannot post the box.'),
      country: deliver('Goes on the parcel.', 'Without it we cannot post the box.'),
      telephone: {
        need: 'optional',
        why: { en: 'Only so that we can ask if the post cannot find you.' },
        declining: { en: 'Everything works without it.' },
      },
    },
    intake: [storeForm],
    recipients: [],
    openers: ['owner', 'desk'],
    built: true,
    canBeOff: false,
  },

  registration: {
    title: { en: 'To know you as the owner of your copy' },
    sentence: {
      en: 'We use this to record you as the owner, so that we can give you service and bring back a lost key. An order asks nothing more for it: we keep what the order had to ask anyway. A copy that you bought elsewhere asks for its key and your e-mail address.',
    },
    basis: 'contract',
    class: 'relation',
    clock: { from: 'left', period: 'P0D' },
    clockStands: true,
    takesFrom: ['purchase', 'fulfilment'],
    fields: {
      email: {
        ...deliver('To reach you as the owner of your copy.', 'Without it we cannot bring back a lost key.'),
        alone: true,
      },
      name: {
        ...helps('To know whose copy it is.', 'Everything works without it.'),
        alone: true,
      },
      street: fromTheOrder('Kept from a box order, to tell you from another owner of the same name.'),
      postcode: fromTheOrder('Kept from a box order, to tell you from another owner of the same name.'),
      city: fromTheOrder('Kept from a box order, to tell you from another owner of the same name.'),
      licenceKey: fromTheOrder('So that a lost key can be shown to its owner.'),
    },
    intake: [{ en: 'the order' }, { en: 'the form “Register a copy”' }, { en: 'your letter' }, pastSale],
    recipients: ['mailHost'],
    openers: ['person', 'program'],
    built: true,
    canBeOff: true,
  },

  refunds: {
    title: { en: 'To pay back and to settle a dispute' },
    sentence: {
      en: 'We pay back through the card processor, by the number of the payment. It asks nothing about you. What a processor tells us about a payment we keep sealed, for 90 days at the most.',
    },
    basis: 'contract',
    class: 'contract',
    clock: contractClock,
    shortest: 'P1D',
    fields: {
      processorMessage: {
        need: 'optional',
        why: {
          en: 'So that a payment that is in doubt can be cleared up. It is opened for that and for nothing else.',
        },
      },
    },
    intake: [{ en: 'the messages of the card processor' }],
    recipients: ['processor'],
    openers: ['owner', 'program'],
    built: true,
    canBeOff: false,
  },

  tax: {
    title: { en: 'To account for tax' },
    sentence: {
      en: 'The law makes us keep, beside each sale, the country that set its VAT. Never your name or your e-mail address.',
    },
    basis: 'duty',
    class: 'tax',
    clock: { from: 'yearEnd', period: 'P10Y' },
    fields: { country: deliver('Sets the VAT.', 'Without it we cannot work out the VAT.') },
    intake: [storeForm, pastSale],
    recipients: [],
    openers: ['owner'],
    built: true,
    canBeOff: false,
  },
} as const satisfies Record<string, PurposeSource<F>>
