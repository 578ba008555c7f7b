import type { Text } from '../types.ts'
import type { ProcessorFacts } from './facts.ts'

const roles: Readonly<Record<ProcessorFacts['role'], string>> = {
  'payment processor': 'It takes the payment for us; we are the seller.',
  'merchant of record': 'It is the seller of what you buy there: the contract, the receipt and the tax are its own.',
  none: '',
}
const taxes: Readonly<Record<ProcessorFacts['taxBy'], string>> = {
  vendor: 'We work out and pay the tax.',
  processor: 'It works out and pays the tax.',
}
const channels: Readonly<Record<ProcessorFacts['channel'], string>> = {
  'sealed to us': 'What it tells us is encrypted for us alone, and signed.',
  signed: 'What it tells us is signed, so nobody else can say it, and travels encrypted.',
  'TLS only':
    'What it tells us is not signed. It travels encrypted to a secret address, we compare it with the order, and our staff see it marked “not signed”.',
  none: '',
}

/** What a buyer is told about a processor, made from its declared facts. */
export function processorSentences({ role, taxBy, channel, cardExposure, closed }: ProcessorFacts): Text[] {
  const cards =
    cardExposure === 'sealed'
      ? 'Its message holds your card in a sealed part that we never open; the key to that part lies in memory only and is destroyed when the order ends.'
      : 'Your card never reaches us.'
  const said = [roles[role], taxes[taxBy], channels[channel], role === 'none' ? '' : cards, closed?.text.en ?? '']
  return said.filter((sentence) => sentence !== '').map((en) => ({ en }))
}
