/** How card data would be called. Source: promise card-for-payment-only. */
type CardName =
  | `${'' | `${string}_`}${'card' | 'cvc' | 'cvv' | 'csc' | 'expir' | 'security_code'}${string}`
  | `${string}${'Card' | 'Cvc' | 'Cvv' | 'Csc' | 'Expir' | 'SecurityCode'}${string}`
  | `securityCode${string}`
  | 'pan'

/** What has no place for card data, by whatever name: a file that gives it one does not compile. */
export type NoCardData = { readonly [name in CardName]?: never }
