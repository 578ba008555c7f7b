import { Frame, asHtml, money } from '../pages.tsx'
import { positions } from './control.ts'
import type { SwregState } from './state.ts'

/** The vendor's control panel: what was sold, what was mailed, and the switches. */
export function deskPage(state: SwregState): string {
  return asHtml(
    <Frame title="Control panel, simulator" plays="SWREG">
      <h1>Control panel</h1>
      <form method="post" action="/_sim/swreg/test">
        <button type="submit">Test your Keygen</button>
      </form>
      <Mails {...state} />
      <Sold {...state} />
      <SwitchRows {...state} />
    </Frame>,
  )
}

function Mails({ notes }: Pick<SwregState, 'notes'>) {
  return (
    <>
      <h2>Mails to the vendor</h2>
      {notes.length === 0 ? <p>None yet.</p> : null}
      <ul>
        {notes.map(({ subject, text }) => (
          <li>
            <strong>{subject}</strong>: {text}
          </li>
        ))}
      </ul>
    </>
  )
}

function Sold({ baskets }: Pick<SwregState, 'baskets'>) {
  const lines = [...baskets.values()].flatMap((basket) => basket.lines.map((line) => ({ ...line, basket })))
  return (
    <>
      <h2>Orders</h2>
      <table>
        <tbody>
          {lines
            .filter(({ number }) => number !== '')
            .map(({ number, product, unit, quantity, basket, refunded }) => (
              <tr>
                <th scope="row">{number}</th>
                <td>
                  {quantity} × {product}, {money(unit * quantity, basket.currency)}
                </td>
                <td>{refunded ? 'paid back' : <Press action={`lines/${number}/refund`} says="Pay back" />}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </>
  )
}

function SwitchRows({ switches }: Pick<SwregState, 'switches'>) {
  const names = Object.keys(positions) as (keyof typeof positions)[]
  return (
    <>
      <h2>Switches</h2>
      <table>
        <tbody>
          {names.map((name) => (
            <tr>
              <th scope="row">{name}</th>
              <td>{String(switches[name])}</td>
              {positions[name]
                .filter((one) => one !== switches[name])
                .map((one) => (
                  <td>
                    <Press action={`switches/${name}/${String(one)}`} says={String(one)} />
                  </td>
                ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function Press({ action, says }: { action: string; says: string }) {
  return (
    <form method="post" action={`/_sim/swreg/${action}`}>
      <button type="submit">{says}</button>
    </form>
  )
}
