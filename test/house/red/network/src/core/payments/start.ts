import Stripe from 'stripe' // red
export const ask = () => [fetch('https://example.org'), Stripe] // red
