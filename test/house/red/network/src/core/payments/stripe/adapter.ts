import Stripe from 'stripe'
export const ask = () => [fetch('https://example.org'), Stripe]
