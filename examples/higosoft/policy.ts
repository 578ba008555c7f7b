import type { VendorPolicy } from '../../src/policy/index.ts'

/** What may go to a processor: about the order and its payment, never about the buyer. */
const everything = [
  'orderId',
  'orderNumber',
  'amountMinor',
  'currency',
  'description',
  'returnUrl',
  'refundId',
  'paymentRef',
]

/** The policy of an invented vendor. Copy this folder to make your own; every sentence here appears on the privacy page. */
export const policy: VendorPolicy = {
  controller: { name: 'Higosoft Studio', address: 'Kraanlei 12, 9000 Gent', country: 'Belgium' },
  contact: { email: 'privacy@higosoft.example', telephone: '+32 9 555 01 42' },
  authority: { name: 'Gegevensbeschermingsautoriteit', web: 'https://www.dataprotectionauthority.be/' },
  audience: {
    en: 'Our software is for everybody. We ask nobody’s age, we address no offer to children, and we know of none that we keep data about.',
  },
  transfers: {
    en: 'What we hold stays in Belgium. Where a card processor is stands beside its name; what you type on its page is under its own policy.',
  },
  // What you change about the shipped purposes. For instance `purchase: { clock: { period: 'P30D' } }` keeps an order half as long,
  // and `registration: { off: true }` records no owners.
  purposes: {},
  recipients: [
    {
      id: 'stripe',
      name: 'Stripe',
      kind: 'card processor',
      country: 'Ireland',
      contact: 'privacy@stripe.example',
      host: 'api.stripe.com',
      purposes: ['purchase', 'refunds'],
      fields: [],
      values: everything,
      onInstructions: false,
      statements: [
        {
          text: { en: 'You type your card and whatever else its page asks there, not here.' },
          source: 'how this program is built',
          on: '2026-11-23',
        },
      ],
      commitment: {
        document: 'Data processing agreement, version 3 (invented)',
        hash: '3f0a377ba0a4a460ecb616f6507ce0d8cfa3e704025d4fda3ed0c5ca05468728',
        periodFromFirstStart: 'P1Y',
      },
    },
    {
      id: 'mailHost',
      name: 'Postbode Mail',
      kind: 'mail host',
      country: 'Belgium',
      contact: 'privacy@postbode.example',
      host: 'smtp.postbode.example',
      purposes: [
        'purchase',
        'rights',
        'registration',
        'enquiry',
        'support',
        'correspondence',
        'campaignMail',
        'survey',
      ],
      fields: ['email', 'name', 'licenceKey'],
      values: ['mailId', 'subject', 'text', 'stopLink', 'answers', 'thread'],
      onInstructions: true,
      statements: [
        {
          text: { en: 'It carries our mails to you. In this example no mail leaves the computer.' },
          source: 'how this program is built',
          on: '2026-11-23',
        },
      ],
      commitment: {
        document: 'Processing agreement for mail, 2026 (invented)',
        hash: '9d5ed678fe57bcca610140957afab571b1b7c0a3f7a43e1c1f2d1c9f1a6f5f52',
        periodFromFirstStart: 'P1Y',
      },
    },
    {
      id: 'mailbox',
      name: 'Brievenbus',
      kind: 'mail host',
      country: 'Belgium',
      contact: 'privacy@brievenbus.example',
      host: 'imap.brievenbus.example',
      purposes: ['enquiry', 'support', 'correspondence'],
      fields: [],
      values: [],
      onInstructions: true,
      statements: [
        {
          text: { en: 'What you mail to us lies there until we fetch it. In this example no mailbox is visited.' },
          source: 'how this program is built',
          on: '2026-11-25',
        },
      ],
      commitment: {
        document: 'Processing agreement for the mailbox, 2026 (invented)',
        hash: '6a1f0c1c2e6f6d8f6bb5a1a1f0f5c55b6a3c8c5c0c9a4f1d2e3b4a5968778695',
        periodFromFirstStart: 'P1Y',
      },
    },
    {
      id: 'paddle',
      name: 'Paddle',
      kind: 'card processor',
      country: 'United Kingdom',
      contact: 'privacy@paddle.example',
      host: 'api.paddle.com',
      purposes: ['purchase', 'refunds'],
      fields: [],
      values: everything,
      onInstructions: false,
      statements: [
        {
          text: { en: 'You type your card and whatever else its page asks there, not here.' },
          source: 'how this program is built',
          on: '2026-11-28',
        },
      ],
      commitment: {
        document: 'Data sharing agreement, version 1 (invented)',
        hash: '9c0d1f7b6f4e4f0a2d8f3f1c5b7a9e6d4c2b0a1f8e7d6c5b4a3f2e1d0c9b8a7f',
        periodFromFirstStart: 'P1Y',
      },
    },
    {
      id: 'swreg',
      name: 'SWREG',
      kind: 'card processor',
      country: 'United States',
      contact: 'privacy@swreg.example',
      host: 'euro.swreg.org',
      purposes: ['purchase'],
      fields: [],
      values: ['orderId', 'products', 'quantities', 'prices', 'currency', 'returnUrl'],
      onInstructions: false,
      statements: [],
      commitment: {
        document: 'Reseller agreement, 2008 (invented)',
        hash: '23498aca942a0ec230b351805386f58065c4f1e8935c384b3d8077e8a5dea5ae',
        periodFromFirstStart: 'P1Y',
      },
    },
    {
      id: 'regnow',
      name: 'RegNow',
      kind: 'card processor',
      country: 'United States',
      contact: 'privacy@regnow.example',
      host: 'www.regnow.com',
      purposes: ['purchase'],
      fields: [],
      values: ['orderId', 'products', 'quantities', 'currency'],
      onInstructions: false,
      statements: [],
      commitment: {
        document: 'Reseller agreement, 2008 (invented)',
        hash: 'f1249712888cfea9f37878e9ac46e397b13a91414406d95bb407eab882ce0c38',
        periodFromFirstStart: 'P1Y',
      },
    },
    {
      id: 'sealed',
      name: 'Zegelkas',
      kind: 'card processor',
      country: 'Belgium',
      contact: 'privacy@zegelkas.example',
      host: 'api.zegelkas.example',
      purposes: ['purchase', 'refunds'],
      fields: [],
      values: everything,
      onInstructions: false,
      statements: [
        {
          text: {
            en: 'It encrypts all that it tells us about you for us alone. You type your card and your address at its page, not here.',
          },
          source: 'how this program is built',
          on: '2026-11-28',
        },
      ],
      commitment: {
        document: 'Data processing agreement for sealed orders (invented)',
        hash: '0b6c1f5d2a4e8897c3d1f20a9be47715d86e03c2f49a5b7e61d8c04f3a92b7e5',
        periodFromFirstStart: 'P1Y',
      },
    },
  ],
}
