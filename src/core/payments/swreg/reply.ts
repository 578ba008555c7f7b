import type { Handled, Reply } from '../adapter.ts'
import type { KeyFile, SwregSettings } from './settings.ts'

type Limits = Pick<SwregSettings, 'keyLimit' | 'keyFile'>

/** The answer to a call. */
export function replyTo(endpoint: string, handled: Handled, limits: Limits): Reply {
  return endpoint === 'refund' ? refundReply(handled) : keyReply(handled, limits)
}

/** Empty tags are an acknowledgement, so whatever goes wrong here, the buyer sees no error; a key that is not in them follows by mail. */
function keyReply(handled: Handled, { keyLimit = 250, keyFile }: Limits): Reply {
  const keys = handled.outcome === 'recorded' ? handled.keys.join('\n') : ''
  // The processor allows no double quotes in a key, and warns of HTML.
  const given = keys.length <= keyLimit && !/["<>&]/.test(keys) ? keys : ''
  const file = given !== '' && keyFile ? fileBlock(keyFile, given) : ''
  return { status: 200, text: `<softshop>${given}</softshop>${file}`, type: 'text/html; charset=utf-8' }
}

function fileBlock({ name, type, text, most }: KeyFile, keys: string): string {
  const encoded = Buffer.from(text.replaceAll('{KEYS}', () => keys)).toString('base64')
  if (encoded.length > most) return ''
  const parts = { FILENAME: name, MIME_TYPE: type, ENCODING: 'base64', DATA: encoded }
  const inside = Object.entries(parts).map(([tag, value]) => `<${tag}>${value}</${tag}>`)
  return `<BINARY>${inside.join('')}</BINARY>`
}

/** What begins with OK was heard; anything else makes the processor try again or write a mail. Source: payments reference 2.3. */
function refundReply(handled: Handled): Reply {
  if (handled.outcome === 'recorded') return { status: 200, text: 'OK' }
  if (handled.because === 'other shop') return { status: 200, text: 'OK: Not my shop ID' }
  return { status: 401, text: 'Refused' }
}
