import { formFor } from '../src/policy/index.ts'
import {
  AddressLabel,
  Bar,
  Bill,
  Btn,
  CardSeal,
  Choices,
  ClauseRows,
  DeskPage,
  ErrorSummary,
  Fields,
  Figures,
  Holding,
  Ledger,
  Link,
  LinkBtn,
  Mono,
  Notice,
  Page,
  Part,
  Pii,
  PostForm,
  Reveal,
  Sheet,
  Split,
  Stamp,
  State,
  Table,
  Trail,
  type Web,
} from '../src/web/index.ts'
import { countries } from './web.ts'
import { higosoft } from './policy.ts'

const clause = { number: 4, anchor: 'purchase' }
const form = formFor(higosoft(), ['purchase', 'registration', 'fulfilment', 'tax'])
const typed = { email: 'ada@', name: 'Ada \u202Ealev\u202C 🦊', street: 'Kraanlei 12\nbox 3', country: 'BE' }
const errors = {
  email: 'E-mail: this does not look like an e-mail address.',
  city: 'Town (and state): please fill this in.',
}

/** A page of the shop with every component of it. */
export function SampleShop({ web }: { web: Web }) {
  return (
    <Page web={web} title="Plumbline 4 cuts speech, cleanly" nav="store" description="A sample." wrong>
      <ErrorSummary errors={errors} />
      <Split aside={<SampleOrder web={web} />}>
        <div class="stack">
          <h1>Plumbline 4 cuts speech, cleanly</h1>
          <p class="lede">
            An audio editor for interviews, lectures and radio. Mark the words you do not want; it closes the gap.
          </p>
          <p class="row small">
            <span>Windows 10 and later, macOS 13 and later</span>{' '}
            <Link href="/trial">Try it for 30 days, no e-mail needed</Link>
          </p>
          <Link href="#sum" class="jump btn quiet">
            Go to the order form
          </Link>
        </div>
        <Part id="get" title="What you get">
          <Ledger
            rows={[
              { term: 'Licence', text: 'One person, three computers. Yours for good.' },
              { term: 'Refund', text: 'Within 30 days, without giving a reason.' },
            ]}
          />
        </Part>
        <Part id="key" title="Your licence key">
          <p class="key">ABCDE-FGHJK-MNPQR-STVWX-YZ234</p>
        </Part>
        <Choices
          name="how"
          legend="A box is still to be sent"
          choices={[
            { value: 'after', label: 'Send the box, then erase' },
            { value: 'now', label: 'Cancel, pay back and erase now', note: 'The money goes back to the card.' },
          ]}
          error="Please choose one of the two."
        />
      </Split>
    </Page>
  )
}

function SampleOrder({ web }: { web: Web }) {
  return (
    <Sheet id="sum" title="Your order" aside={<Link href="/change">Change</Link>}>
      <Bill
        total={{ label: 'To pay', amount: '€59.29' }}
        lines={[
          { label: 'Plumbline 4, one licence', amount: '€59.29' },
          { label: 'includes 21 % VAT for Belgium', amount: '€10.29', quiet: true },
        ]}
      />
      <PostForm web={web} action="/checkout/token" class="stack g5">
        <Fields notice={3} form={form} values={typed} errors={errors} countries={countries} />
        <CardSeal>
          <strong>Your card number never reaches us.</strong> You type it at Stripe. <Stamp clause={clause} />
        </CardSeal>
        <Btn wide>Pay €59.29 at Stripe</Btn>
      </PostForm>
    </Sheet>
  )
}

/** The page of what is held about somebody. */
export function SampleHeld({ web }: { web: Web }) {
  const at = new Date('2026-11-22T10:00:00Z')
  return (
    <Page web={web} title="What we hold about you" nav="data" noindex>
      <div class="stack">
        <h1>What we hold about you</h1>
        <p class="lede">Highlighted is everything that says who you are.</p>
        <p class="row">
          <LinkBtn href="#take">Download all of it</LinkBtn>
          <LinkBtn href="#erase" weight="quiet">
            Erase my data
          </LinkBtn>
        </p>
      </div>
      <Part id="held" title="Held now">
        <div>
          <Holding
            title="To keep you as the owner of Plumbline 4"
            kept="Kept while your licence is registered."
            clause={clause}
            facts={[
              { term: 'Name', value: <Pii>Jonas Verhaeghe</Pii> },
              { term: 'E-mail', value: <Pii>jonas@verhaeghe.example</Pii>, act: <Link href="#fix">Correct</Link> },
              { term: 'Licence', value: <Mono>PL4-7Q2M-…-93XD</Mono> },
            ]}
          />
          <Holding
            title="To account for tax"
            kept="Kept until 31 December 2036."
            clause={{ number: 12, anchor: 'tax' }}
            facts={[{ term: 'Country', value: <Pii>Belgium</Pii> }]}
          />
        </div>
      </Part>
      <Notice>
        <strong>Not held: your card.</strong> You typed it at Stripe and it never reached us.
      </Notice>
      <Notice kind="wait">A waiting thing.</Notice>
      <Notice kind="harm">This cannot be undone, not even by us.</Notice>
      <Split
        aside={
          <Part id="seen" title="Who has seen it">
            <Trail
              entries={[
                {
                  at,
                  atText: web.dates.minute(at),
                  text: (
                    <>
                      <strong>You</strong> opened this page.
                    </>
                  ),
                  you: true,
                },
                { at, atText: web.dates.day(at), text: 'The desk saw your address, to send order H-1004.' },
              ]}
            />
          </Part>
        }
      >
        <Part id="can" title="What you can do">
          <div class="rights">
            <PostForm web={web} action="/p/open/t/export">
              <h3>Take it with you</h3>
              <p>One file that a program can read, with everything on this page.</p>
              <Btn weight="quiet" about="all of it">
                Download
              </Btn>
            </PostForm>
            <PostForm web={web} action="/p/open/t/erase">
              <h3>Be forgotten</h3>
              <p>We destroy the keys to your data. Your licence goes on working.</p>
              <Btn weight="danger">Erase my data</Btn>
            </PostForm>
          </div>
        </Part>
      </Split>
      <ClauseRows
        rows={[
          {
            clause,
            text: (
              <>
                We use what you tell us for its stated purpose only.
                <br />
                <span class="small muted">31 forms checked, a minute ago</span>
              </>
            ),
            state: <State state="kept">kept</State>,
          },
          {
            clause: { number: 11, anchor: 'cards' },
            text: 'Visits are counted without knowing who you are.',
            state: <State state="notYet">not yet</State>,
          },
        ]}
      />
    </Page>
  )
}

/** A page of the desk. */
export function SampleDesk({ web }: { web: Web }) {
  const rail = [
    { href: '/desk', label: 'Today' },
    { href: '/desk/orders', label: 'Orders', count: 4 },
    { href: '/desk/partners', label: 'Partners' },
    { href: '/promises', label: 'Promises' },
  ]
  const who = {
    label: 'sam',
    may: (
      <>
        You may open an address while a box is to be sent. <Stamp clause={clause} />
      </>
    ),
    signOut: '/desk/sign-out',
  }
  return (
    <DeskPage web={web} title="Today, 22 November" here="/desk" rail={rail} who={who}>
      <h1>Today, 22 November</h1>
      <Figures
        items={[
          { value: '4', label: 'orders to send', note: '1 by post' },
          { value: '3', label: 'tasks' },
          { value: '17 of 18', label: 'promises kept', note: 'checked 4 minutes ago' },
        ]}
      />
      <div class="halves">
        <Sheet
          id="wait"
          title="To be sent"
          aside={
            <Link href="/desk/orders" class="small">
              All orders
            </Link>
          }
        >
          <Table
            label="Orders to be sent"
            head={['Order', 'To', 'Since', 'Paid']}
            right={[3]}
            rows={[
              [
                <Link href="/desk/orders/1">H-1004</Link>,
                <>
                  <Bar width={11} />
                  <br />
                  <Reveal web={web} action="/desk/orders/1/open" what="the address of order H-1004" />
                </>,
                '2 hours',
                '€59.29',
              ],
              ['H-1003', <Bar width={6} />, 'yesterday', '€9.00'],
            ]}
          />
        </Sheet>
        <Sheet id="label" title="Label">
          <AddressLabel lines={['Ada Lovelace', 'Kraanlei 12', '9000 Gent', 'Belgium']} />
        </Sheet>
      </div>
    </DeskPage>
  )
}
