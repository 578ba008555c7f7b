import { channelPromises } from './channelPromises.ts'
import { kept, notYet, type PromiseRow } from './promiseRow.ts'
import { isOn, type Policy } from './vendor.ts'

/** The promises as they stand under the policy in force. */
export function promisesOf(policy: Policy): readonly PromiseRow[] {
  return promises.map((row) => (row.about && !isOn(policy, row.about) ? switchedOff(row) : row))
}

function switchedOff({ id, sentence, evidence }: PromiseRow): PromiseRow {
  return {
    id,
    sentence,
    ...(evidence && { evidence }),
    clause: 'collected',
    state: 'off',
    missing: 'This shop has switched that off and asks nothing for it.',
  }
}

const CLOSED = 'Its owner, Digital River, shut down (source: bigcommerce/checkout-js, pull request 2362, 12 June 2025)'

/** Every promise of the policy. What is not kept yet says so in plain words. */
export const promises: readonly PromiseRow[] = [
  kept('purpose', {
    sentence: 'We use what you tell us only for purposes that we have named.',
    clause: 'collected',
    how: 'Purposes are a typed list. Every look names one. It is refused when the purpose does not need the field, or when you never gave a ground for it: by the compiler, by the program and by the database.',
    evidence: 'grounds',
  }),
  kept('need-to-share', {
    sentence: 'We pass on only what is needed to do what we owe you.',
    clause: 'partners',
    how: 'Everything that leaves goes through one gate. It lets out only the fields in the partner’s row of the register, and writes down each time.',
    evidence: 'disclosures',
  }),
  kept('committed-partners', {
    sentence: 'We share only with partners who have promised to protect your privacy.',
    clause: 'partners',
    how: 'Each partner’s promise is in the register with its end. Without one, or after its end, the gate is shut: jobs wait and our staff are told.',
    evidence: 'commitments',
  }),
  kept('never-sold', {
    sentence: 'We never sell what we hold about you.',
    clause: 'never-sold',
    how: 'There is no purpose and no kind of partner for a sale, and a partner who would use news, surveys or counts for itself keeps the program from starting. No page gives out a list of people. The browser’s signal “do not sell or share” is heeded and counted.',
    evidence: 'sales',
    missing: 'Asking every owner before the business changes hands is not built yet.',
  }),
  notYet('kept-secure', {
    sentence: 'What we hold is kept secure.',
    missing: 'It is sealed, and every look is logged. But the backup test that this page should show is not built yet.',
    clause: 'security',
  }),
  kept('told', {
    sentence: 'We tell you how your data is used and kept.',
    clause: 'rights-of-yours',
    how: 'The privacy page is made from the rules that the program enforces. It has a version, and shows what changed since the one before. A change is announced: everybody whose e-mail address is kept is told by mail, with the old and the new words, at least two weeks before it takes effect, and who comes after that in a round once a day. Whom a mail cannot reach finds it on a page.',
    evidence: 'noticePublished',
  }),
  kept('categories', {
    sentence: 'We hold only the kinds of data that we list, and never a card number.',
    clause: 'collected',
    how: 'Each kind is a field of the policy, with purposes and a time. Card number and expiry date are listed as taken by the processor only; no form, purpose or file can name them.',
    evidence: 'fieldsHaveHome',
  }),
  kept('minimum', {
    sentence: 'We ask only what the purpose needs.',
    clause: 'collected',
    how: 'Forms are made from the purpose. A download asks no postal address. A field that no purpose asks for is refused and never stored.',
    evidence: 'formsMatchPolicy',
  }),
  kept('told-first', {
    sentence: 'You learn why we ask before you type.',
    clause: 'collected',
    how: 'Every field carries its reason and its time. On the telephone it is read out first, and who writes a mail is told with our first one. The version of the policy that you were told is stored with what you gave.',
    evidence: 'noticeRecorded',
  }),
  ...channelPromises,
  kept('hosted-cards', {
    sentence: 'Cards are typed on the processor’s secure page, and what it tells us about you is encrypted.',
    clause: 'cards',
    how: 'Each processor declares what proves its messages; the order form and this policy print it. One kind encrypts everything personal for us alone before it is sent: with it comes your card in a sealed part that we cannot open, held in memory only, and overwritten in the step that ends the order, with a receipt. What is neither sealed nor signed is compared with the order and marked.',
    evidence: 'hostedCards',
  }),
  kept('regnow', {
    sentence: 'You can buy through Regnow.',
    clause: 'cards',
    how: `You could: Regnow is closed. ${CLOSED}. A live shop does not offer it; an example plays it to the end. Only the status “complete” is paid. Nothing it says is signed, so it counts only at a secret address, and only if product, number and price are those of the order. Its order links and status codes are known; the other names are our own, and are marked so.`,
    evidence: 'regnow',
  }),
  kept('swreg', {
    sentence: 'You can buy through SWREG.',
    clause: 'cards',
    how: `You could: SWREG is closed. ${CLOSED}. A live shop does not offer it; an example plays it to the end. Nothing it says is signed, so a key is given only at a secret address, and only if order, product, number and price are those of an order that waits. Whatever is wrong, you see no error: the key follows by mail, or our staff are told. Its address and telephone fields are not kept.`,
    evidence: 'swreg',
  }),
  kept('card-for-payment-only', {
    sentence: 'Card details are used to pay and for nothing else.',
    clause: 'cards',
    how: 'Only the processor’s page takes them. No purpose, field, role or export of ours can name card data.',
    evidence: 'noCardPlace',
  }),
  kept('card-deleted', {
    sentence: 'Card details are gone when the order is complete.',
    clause: 'cards',
    how: 'They are typed at the processor. Where it sends us an encrypted order notice, nobody here can open the card part in it: that part is held in memory only, and overwritten in the step that completes, cancels or times out the order, with a receipt, after a quarter of an hour at most. Whoever writes a card number to us has it refused, or cut out before anything is stored; a picture cannot be read, so whoever scans a letter is told to cover it. After every start and every night the program searches its own files and texts for card numbers.',
    evidence: 'cardsGone',
  }),
  kept('kept-for-registration', {
    sentence: 'What the order had to ask is kept to know you as the owner, and no more.',
    clause: 'registration',
    about: 'registration',
    how: 'The order hands the registration only what it had to ask for, on a ground and with a time of its own. For a download that is the e-mail address.',
    evidence: 'registration',
  }),
  kept('cookies-explained', {
    sentence: 'We explain what cookies are and which ones we use.',
    clause: 'cookies',
    how: 'The list of cookies is part of the policy, and the page about cookies is made from it. One that is not in it cannot be set.',
    evidence: 'cookieRegister',
  }),
  kept('visits-counted', {
    sentence: 'Visits are counted without knowing who you are.',
    clause: 'cookies',
    about: 'statistics',
    how: 'Without a cookie: sums of each day, and nothing of a single visit. To count nobody twice, a shortened network address and the browser’s name are scrambled with a key that is destroyed at midnight, or at the next start if the program is off then. Whoever asks not to be counted is not, and only who asks for it is recognised.',
    evidence: 'visits',
  }),
  kept('cookies-unique-and-own', {
    sentence: 'A cookie of ours is unique and can be read by our server only.',
    clause: 'cookies',
    how: 'It is a random number under a name that begins with __Host-, hidden from scripts, and sent to this server alone. Our pages hold nothing of another company.',
    evidence: 'cookieRegister',
  }),
  kept('cookies-harmless', {
    sentence: 'A cookie cannot carry a program or a virus.',
    clause: 'cookies',
    how: 'Its value is random: letters, digits, hyphens and underscores, always of one length. Anything else that comes back in a cookie is dropped unread.',
    evidence: 'cookieRegister',
  }),
  kept('cookies-refusable', {
    sentence: 'You can refuse cookies.',
    clause: 'cookies',
    how: 'Looking, buying, and seeing or erasing your data work without any. Only our staff need one, to stay signed in. Two more are set only when you choose them, and end at once when you take that back.',
    evidence: 'cookieRegister',
  }),
]
