import type { Context } from 'hono'

type Socket = { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } }

/**
 * The address that a request came from, for limits only. Shape: IPv6 is cut to its first 64 bits, which is what one household holds;
 * `trustedProxies` counts the servers of the vendor's own that stand in front, and 0 means that no header is believed.
 */
export function addressOf(c: Context, trustedProxies: number): string {
  const socket = (c.env as Socket | undefined)?.incoming?.socket?.remoteAddress ?? ''
  const named = (c.req.header('x-forwarded-for') ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  const address = trustedProxies > 0 ? (named.at(-trustedProxies) ?? socket) : socket
  return household(address.replace(/^::ffff:(?=\d+\.)/, ''))
}

function household(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after].slice(0, 4).join(':')
}
