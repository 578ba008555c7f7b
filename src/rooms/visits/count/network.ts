/**
 * The network that an address lies in, which many share. Shape: the first 24 bits of an IPv4 address, the first 48 of an IPv6 address.
 * The same network is spelled in one way only.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address.split('.').slice(0, 3).join('.')
  const [head = ''] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  return [0, 1, 2].map((at) => Number.parseInt(groups[at] ?? '0', 16).toString(16)).join(':')
}

/** A visitor who came from nowhere else: typed the address, came from a page of ours, or the browser does not say. */
export const DIRECT = '(direct)'

/** Everything beyond what a day keeps apart. */
export const OTHER = '(other)'

const LONGEST = 100

/**
 * The host of the page that led here, and nothing else of its address. A host that is a network address, or a name without a dot,
 * may be somebody's own machine, so it is not kept.
 */
export function sourceOf(referrer: string | undefined, baseUrl: string): string {
  if (!referrer || !URL.canParse(referrer)) return DIRECT
  const { protocol, hostname } = new URL(referrer)
  if ((protocol !== 'https:' && protocol !== 'http:') || hostname === new URL(baseUrl).hostname) return DIRECT
  const host = hostname.replace(/^www\./, '').replace(/\.$/, '')
  const named = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+$/.test(host) && host.length <= LONGEST
  return named ? host : OTHER
}
