import { domainToASCII } from 'node:url'
import { keyedHash } from '../lib/index.ts'
import type { BlindEntry, BlindField, KeyStore, SecretName } from './keys/store.ts'

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
