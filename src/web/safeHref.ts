const ADMITTED: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])
// Control characters and backslashes are read differently by browsers and by us, so an address with one is no address.
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNREADABLE = /[\u0000-\u0020\u007f\\]/

/** An address fit for a link: http, https, mailto or relative to this site; undefined for anything else. */
export function safeHref(address: string): string | undefined {
  if (UNREADABLE.test(address) || address.startsWith('//')) return undefined
  if (!URL.canParse(address, 'https://site.invalid')) return undefined
  return ADMITTED.has(new URL(address, 'https://site.invalid').protocol) ? address : undefined
}
