/** What a browser says about where a request comes from. Shape: undefined is a header that was not sent; `action` whether a valid action token came along. */
export type Sender = {
  readonly site: string | undefined
  readonly origin: string | undefined
  readonly action: boolean
  readonly signedIn: boolean
}

/**
 * Whether a request may change something: it was sent by a page of this site, or its browser says nothing of the kind and it carries the action token of its path.
 * Browsers send `Origin: null` from pages with `no-referrer`, so that counts as not sent. Where a session cookie comes along, a token alone is not enough.
 * Source: architecture, pages.
 */
export function maySend(baseUrl: string, { site, origin, action, signedIn }: Sender): boolean {
  if (site === 'same-origin' || origin === baseUrl) return true
  const silent = site === undefined && (origin === undefined || origin === 'null')
  return silent && action && !signedIn
}

/** Whether a path is in a list. Shape: an entry is a whole path, or a beginning that ends with `*`. */
export function isListed(list: readonly string[], path: string): boolean {
  return list.some((entry) => (entry.endsWith('*') ? path.startsWith(entry.slice(0, -1)) : path === entry))
}
