import type { Child } from 'hono/jsx'
import { cards } from './cards.ts'

/** The look of the simulator: plain, and not to be taken for a real processor. */
export const simCss = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; background: light-dark(#f4f2fb, #17151f); color: light-dark(#1d1833, #ece9f7); }
body { margin: 0; }
header { background: light-dark(#3b2a86, #2b2157); color: #fff; padding: .75rem 1rem; font-weight: 650; }
main { max-inline-size: 34rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.2; }
.sheet { background: light-dark(#fff, #221f2e); border: 1px solid light-dark(#d8d2ee, #3d3852); border-radius: 6px; padding: 1.25rem; }
label { display: block; font-weight: 600; margin-block-start: .75rem; }
input, select { font: inherit; inline-size: 100%; box-sizing: border-box; min-block-size: 2.75rem; padding: .4rem .6rem; border: 1px solid light-dark(#7b729f, #8d86ad); border-radius: 3px; background: transparent; color: inherit; }
button { font: inherit; font-weight: 650; min-block-size: 3rem; inline-size: 100%; margin-block-start: 1.25rem; border: 0; border-radius: 3px; background: light-dark(#3b2a86, #b8a8ff); color: light-dark(#fff, #17151f); cursor: pointer; }
.error { border-inline-start: 4px solid light-dark(#b3261e, #ff8a80); padding-inline-start: .75rem; font-weight: 600; }
table { border-collapse: collapse; inline-size: 100%; font-size: .9rem; }
th, td { text-align: start; padding: .45rem .25rem; border-block-end: 1px solid light-dark(#d8d2ee, #3d3852); vertical-align: top; font-weight: 400; }
code { font-family: ui-monospace, monospace; white-space: nowrap; }
code.long { white-space: normal; overflow-wrap: anywhere; }
a { color: inherit; }
.second { background: transparent; color: inherit; border: 1px solid light-dark(#7b729f, #8d86ad); }
td form { margin: 0; }
td button { min-block-size: 2rem; margin: 0; padding: .2rem .75rem; }
:focus-visible { outline: 3px solid light-dark(#7b5cff, #cfc3ff); outline-offset: 2px; }
`

/** A page of the simulator. Shape: `plays` is the processor that is played here, none on the simulator's own pages. */
export function Frame({ title, plays, children }: { title: string; plays?: string | undefined; children: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/sim.css" />
      </head>
      <body>
        <header>{plays ? `${plays}: simulator, no money moves` : 'Simulator, no money moves'}</header>
        <main>{children}</main>
      </body>
    </html>
  )
}

/** A page as it is sent. */
export function asHtml(page: { toString: () => string }): string {
  return `<!doctype html>${page.toString()}`
}

/** An amount as people read it. Shape: minor units, as many to the whole as the currency has. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase() })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** What a payment page shows. Shape: amount in minor units; `action` takes the form. */
export type Sheet = {
  readonly plays: string
  readonly title: string
  readonly amount: number
  readonly currency: string
  readonly description: string
  readonly action: string
  readonly cancelUrl?: string | null
}

/** The hosted page on which a card is typed. */
export function PayPage({ of, error }: { of: Sheet; error?: string | undefined }) {
  const amount = money(of.amount, of.currency)
  return (
    <Frame title={`${of.title}, simulator`} plays={of.plays}>
      <h1>
        {of.title} {amount}
      </h1>
      <p>{of.description}</p>
      {error && (
        <p class="error" role="alert" id="error">
          {error}
        </p>
      )}
      <form class="sheet" method="post" action={of.action}>
        <label for="card">Card number</label>
        <input
          id="card"
          name="card"
          inputmode="numeric"
          autocomplete="off"
          required
          {...(error && { 'aria-describedby': 'error', 'aria-invalid': 'true' })}
        />
        <label for="expiry">Expiry date</label>
        <input id="expiry" name="expiry" placeholder="12/34" autocomplete="off" required />
        <label for="cvc">Security code</label>
        <input id="cvc" name="cvc" inputmode="numeric" autocomplete="off" required />
        <button type="submit">Pay {amount}</button>
      </form>
      {of.cancelUrl && (
        <p>
          <a href={of.cancelUrl}>Back to the shop without paying</a>
        </p>
      )}
      <TestCards />
    </Frame>
  )
}

function TestCards() {
  return (
    <>
      <h2>Test cards</h2>
      <p>Please type no real card. Only these numbers are taken; any date and code will do.</p>
      <table>
        <tbody>
          {Object.entries(cards).map(([number, card]) => (
            <tr>
              <th scope="row">
                <code>{number.replace(/(.{4})(?=.)/g, '$1 ')}</code>
              </th>
              <td>{card.says}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

/** The bank asks whether it is really the holder of the card. */
export function ConfirmPage({ of }: { of: Sheet }) {
  return (
    <Frame title="Your bank asks, simulator" plays={of.plays}>
      <h1>Your bank asks</h1>
      <p>Are you paying {money(of.amount, of.currency)}? Nothing is taken before you confirm.</p>
      <form class="sheet" method="post" action={of.action}>
        <button type="submit" name="bank" value="confirm">
          Confirm
        </button>
        <button type="submit" name="bank" value="refuse" class="second">
          Refuse
        </button>
      </form>
    </Frame>
  )
}

/** What a page of the simulator says when there is nothing more to do. */
export function EndPage({ title, text, plays }: { title: string; text: string; plays?: string }) {
  return (
    <Frame title={`${title}, simulator`} plays={plays}>
      <h1>{title}</h1>
      <p>{text}</p>
    </Frame>
  )
}
