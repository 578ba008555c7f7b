import { Frame, asHtml } from '../pages.tsx'

/** What a processor asks of who buys there. */
export const asked = {
  title: 'Title',
  first: 'First name',
  last: 'Surname',
  company: 'Company',
  street: 'Street',
  city: 'City',
  country: 'Country',
  email: 'E-mail address',
  phone: 'Telephone',
} as const

type Asked = keyof typeof asked

/** Who buys, as typed at the processor. */
export type Buyer = Readonly<Record<Asked, string>>

/** A buyer of whom nothing was typed yet, but what came along. */
export function buyerOf(typed: Readonly<Record<string, unknown>>): Buyer {
  const names = Object.keys(asked) as Asked[]
  const value = (name: Asked): string => (typeof typed[name] === 'string' ? typed[name] : '')
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Buyer
}

/** The page that asks who buys. Shape: `action` takes the form. */
export function detailsPage(of: { plays: string; action: string; said: string; buyer: Buyer }): string {
  return asHtml(
    <Frame title="Your details, simulator" plays={of.plays}>
      <h1>Your details</h1>
      <p>{of.said}</p>
      <form class="sheet" method="post" action={of.action}>
        {(Object.entries(asked) as [Asked, string][]).map(([name, label]) => (
          <>
            <label for={name}>{label}</label>
            <input id={name} name={name} value={of.buyer[name]} autocomplete="off" />
          </>
        ))}
        <button type="submit">Go on to pay</button>
      </form>
    </Frame>,
  )
}

/** A key as its buyer sees it. */
export type Given = { readonly product: string; readonly number: string; readonly key: string }

/** The receipt, with every key that the shop gave at once. */
export function receiptPage(of: {
  plays: string
  title: string
  said: string
  given: readonly Given[]
  back?: string | undefined
}): string {
  return asHtml(
    <Frame title={`${of.title}, simulator`} plays={of.plays}>
      <h1>{of.title}</h1>
      <p>{of.said}</p>
      <table>
        <tbody>
          {of.given.map(({ product, number, key }) => (
            <tr>
              <th scope="row">
                {product}, order {number}
              </th>
              <td>{key === '' ? 'The key follows by mail.' : <code class="key">{key}</code>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {of.back ? (
        <p>
          <a href={of.back}>Back to the shop</a>
        </p>
      ) : null}
    </Frame>,
  )
}
