import { domainToASCII } from 'node:url'
import { keyedHash } from '../lib/index.ts'
import type { BlindEntry, BlindField, KeyStore, SecretName, StopField } from './keys/store.ts'

const keyOf: Record<BlindField, SecretName> = {
  email: 'blindEmail',
  telephone: 'blindTelephone',
  orderNumber: 'blindOrderNumber',
}

/** One spelling for each address, so that a person is found whatever capitals they type. */
export function normalise(field: BlindField, value: string): string {
  const text = value.normalize('NFC').trim()
  if (field === 'telephone') return text.replace(/(?!^\+)\D/g, '')
  if (field === 'orderNumber') return text.toUpperCase()
  const at = text.lastIndexOf('@')
  const domain = domainToASCII(text.slice(at + 1)) || text.slice(at + 1)
  return `${text.slice(0, at)}@${domain}`.toLowerCase()
}

/** The look-up entry of a value. Shape: HMAC-SHA-256 under the field's own key. */
export function blindEntry(keys: KeyStore, field: BlindField, value: string): BlindEntry {
  return { field, mac: keyedHash(keys.secret(keyOf[field]), normalise(field, value)) }
}

/** A way on which a person can say no. */
export type StopChannel = 'mail' | 'post' | 'telephone'

const stopOf: Record<StopChannel, StopField> = { mail: 'stopMail', post: 'stopPost', telephone: 'stopTelephone' }

/** The kind of entry under which the marks of a channel lie. */
export function stopField(channel: StopChannel): StopField {
  return stopOf[channel]
}

/**
 * The mark under which a no is kept, the same for every spelling of an address: capitals, an international domain, a dot at its end,
 * a tag after a plus. Shape: HMAC-SHA-256 under a key of its own that is never changed; for post of street, postcode and name.
 */
export function stopMark(keys: Pick<KeyStore, 'secret'>, channel: StopChannel, value: string): Uint8Array {
  return keyedHash(keys.secret('stop'), channel, canonical(channel, value))
}

function canonical(channel: StopChannel, value: string): string {
  if (channel === 'telephone') return normalise('telephone', value).replace(/^\+|^00/, '')
  if (channel === 'post')
    return value
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]/gu, '')
  const address = normalise('email', value.replace(/\.+$/, ''))
  return address.replace(/\+[^@]*@/, '@').replace(/\.+$/, '')
}

/** What a postal address is marked by: the place, not the name, so that a no holds for whoever lives there. Undefined without a street. */
export function postalText(values: Readonly<Record<string, string | undefined>>): string | undefined {
  const { street, postcode, city } = values
  return street ? [street, postcode, city].filter(Boolean).join(' ') : undefined
}
