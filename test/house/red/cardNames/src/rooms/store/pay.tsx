export type Typed = {
  cardNumber: string // red
  'card-expiry': string // red
  pan: string // red
  panel: string
  company: string
  expiresAt: Date
}

export function Pay() {
  return (
    <form>
      <label for="number">Card number</label>
      <input id="number" name="number" />
      <input name="cvv2" /> // red
      <input autocomplete="cc-number" /> // red
      <p>No card number is asked for here, and no security code.</p>
    </form>
  )
}

export function note(log: (event: string, values: Record<string, number>) => void, securityCode: number): void { // red
  log('paid', { code: 1, discard: 2 })
  log('paid', { CVC: securityCode }) // red
}

export const columns = [{ label: 'Card number', name: 'card_no' }] // red
export const words = { cards: 'Cards are typed at the processor', said: ['pan', 'expiry'] }
