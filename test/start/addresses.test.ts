import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildProgram, startProgram, type Program } from '../program.ts'
import { staffOf, visitor } from '../shop.ts'
import { engines } from '../engine.ts'
import { freshHome } from './home.ts'

type Typed = { name: string; street: string; postcode: string; city: string; country: string; telephone: string }

/** Ten countries, with what people there really write, and names that programs tend to break. */
const addresses: readonly (readonly [string, Typed])[] = [
  [
    'Japan',
    {
      name: '髙橋 葵',
      street: '千代田区丸の内1丁目9-2\nグラントウキョウ 12階',
      postcode: '100-6701',
      city: '東京都',
      country: 'JP',
      telephone: '+81 3-0000-0000',
    },
  ],
  [
    'Brazil',
    {
      name: 'João d’Ávila Conceição',
      street: 'Rua São José, 90 – apto. 1.204',
      postcode: '20010-020',
      city: 'Rio de Janeiro – RJ',
      country: 'BR',
      telephone: '+55 (21) 0000-0000',
    },
  ],
  [
    'Germany',
    {
      name: 'Jürgen Groß-Weiß',
      street: 'Straße des 17. Juni 135\nHinterhaus, 3. OG',
      postcode: '10623',
      city: 'Berlin',
      country: 'DE',
      telephone: '030/000000',
    },
  ],
  [
    'Poland',
    {
      name: 'Święcisława Brzęczyszczykiewicz',
      street: 'ul. Łączności 3/4 m. 5',
      postcode: '00-950',
      city: 'Łódź',
      country: 'PL',
      telephone: '+48 00 000 00 00',
    },
  ],
  [
    'Ireland',
    {
      name: 'Síle Ní Bhraonáin',
      street: 'An Cheathrú Rua',
      postcode: '',
      city: 'Co. na Gaillimhe',
      country: 'IE',
      telephone: '',
    },
  ],
  [
    'the United Kingdom',
    {
      name: 'O’Neill & "Sons" <Ltd>',
      street: 'Flat 2/1, 10 <b>Downing</b> St',
      postcode: 'SW1A 2AA',
      city: 'London',
      country: 'GB',
      telephone: '+44 20 0000 0000',
    },
  ],
  [
    'the United States',
    {
      name: "Robert'); DROP TABLE box;--",
      street: '1600 Pennsylvania Ave NW #0',
      postcode: '20500-0003',
      city: 'Washington, DC',
      country: 'US',
      telephone: '+1 (202) 000-0000',
    },
  ],
  [
    'France',
    {
      name: 'Zoë E\u0301lodie L’Hôpital',
      street: '8 bis, rue de l’Œuf',
      postcode: '75001',
      city: 'Paris CEDEX 01',
      country: 'FR',
      telephone: '01 00 00 00 00',
    },
  ],
  [
    'Switzerland, from right to left',
    {
      name: 'عائشة بنت محمد',
      street: 'שדרות 12\n\u200fدار السلام',
      postcode: '1201',
      city: 'Genève',
      country: 'CH',
      telephone: '+41 ٠٠ ٠٠٠',
    },
  ],
  [
    'Finland, with pictures',
    {
      name: '👩‍👩‍👧‍👦 Väinö 🦉',
      street: '𝒜leksanterinkatu 1 ☂️',
      postcode: '00100',
      city: 'Åbo',
      country: 'FI',
      telephone: '+358 0 000',
    },
  ],
]

describe.each(engines)('on %s', (kind) => {
  let program: Program
  let remove = (): void => {}
  beforeAll(async () => {
    const home = await freshHome(kind)
    remove = home.remove
    program = await startProgram({ ...home, dist: await buildProgram(`addresses-${kind}`) })
  })
  afterAll(async () => {
    const end = await program.stop()
    remove()
    const typed = addresses.flatMap(([, { name, street, city, telephone }]) =>
      [name, street, city, telephone].filter((text) => text.length > 3),
    )
    expect(typed.length).toBeGreaterThan(30)
    for (const text of typed.flatMap((one) => one.split('\n'))) {
      expect(end.out + end.err).not.toContain(text)
      expect(end.out + end.err).not.toContain(encodeURIComponent(text))
    }
  })

  test.each(addresses)('an address in %s is stored as it was typed, and stands on the label', async (_where, typed) => {
    const email = `ada.${typed.country.toLowerCase()}@quill.example`
    const buyer = visitor(program)
    const paid = await buyer.buy('letterpress', { email, ...typed })
    const number = /HS-[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(paid.html)?.[0] ?? ''
    expect(await labelOf(program, number)).toEqual(linesOf(typed))

    const held = await buyer.held(email)
    const { about } = (await (await fetch(`${held.url}/export.json`)).json()) as Export
    const values = about.flatMap(({ boxes }) =>
      boxes.filter((box) => box.class === 'contract').map((box) => box.values),
    )
    const stored: Record<string, string> = Object.assign({}, ...values)
    const { name = '', street = '', postcode = '', city = '', country = '', telephone = '' } = stored
    expect({ name, street, postcode, city, country, telephone }).toEqual(typed)
    expect(stored['email']).toBe(email)
  })

  test('an e-mail address in any script is stored as it was typed', async () => {
    const buyer = visitor(program)
    const email = 'アダ.ζωή+böx@пример.quill.example'
    await buyer.buy('tally', { email, country: 'JP' })
    expect(await buyer.mailTo(email, 'receipt')).toContain('Licence key for Tally')
    expect((await buyer.held(email)).html).toContain(email)
  })
})

type Export = { about: { boxes: { class: string; values: Record<string, string> }[] }[] }

const countries: Readonly<Record<string, string>> = {
  JP: 'JAPAN',
  BR: 'BRAZIL',
  DE: 'GERMANY',
  PL: 'POLAND',
  IE: 'IRELAND',
  GB: 'UNITED KINGDOM',
  US: 'UNITED STATES',
  FR: 'FRANCE',
  CH: 'SWITZERLAND',
  FI: 'FINLAND',
}

function linesOf({ name, street, postcode, city, country }: Typed): string[] {
  return [name, ...street.split('\n'), `${postcode} ${city}`.trim(), countries[country] ?? '']
}

async function labelOf(program: Program, number: string): Promise<string[]> {
  const staff = await signedIn(program)
  const page = await (await staff(`/desk/orders/${number}/label`)).text()
  const label = /<address[^>]*>([\s\S]*?)<\/address>/.exec(page)?.[1] ?? ''
  return [...label.matchAll(/<bdi[^>]*>([\s\S]*?)<\/bdi>/g)].map(([, line = '']) => plain(line))
}

const sessions = new Map<string, ReturnType<typeof staffOf>>()

/** The printed link signs in once, so the session is kept. */
function signedIn(program: Program): ReturnType<typeof staffOf> {
  const session = sessions.get(program.store) ?? staffOf(program)
  sessions.set(program.store, session)
  return session
}

function plain(html: string): string {
  const marks: Readonly<Record<string, string>> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&amp;': '&',
  }
  return html.replace(/&(?:lt|gt|quot|#39|amp);/g, (mark) => marks[mark] ?? mark)
}
