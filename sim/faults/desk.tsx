import { Hono, type Context } from 'hono'
import { Frame, asHtml } from '../pages.tsx'
import { send } from '../outgoing.ts'
import type { Face, SimState } from '../state.ts'
import { addFault, faults, type Asked, type Rule } from './rules.ts'

/** The fault desk, as a page at `/faults` and for programs at `/_sim/faults`. */
export function faultDesk(state: SimState, faces: readonly Face[]): Hono {
  return new Hono().route('/faults', faultPage(state, faces)).route('/_sim/faults', faultApi(state, faces))
}

/** Adds a fault, or does at once what is no rule. Shape: `refunded` says how many payments were paid back. */
type Added = Rule | { readonly refunded: number }

function add({ state, faces }: { state: SimState; faces: readonly Face[] }, asked: Asked): Added {
  if (asked.fault !== 'massRefund') return addFault(state, asked)
  const hit = faces.filter(({ id }) => !asked.face || id === asked.face)
  return { refunded: hit.reduce((sum, face) => sum + (face.refundAll?.(asked.next) ?? 0), 0) }
}

/** Lets a face send again, and sends what it had kept. */
async function enable(state: SimState, face: string): Promise<void> {
  state.faults.disabled.delete(face)
  state.faults.failures.delete(face)
  const kept = [...state.messages.values()].filter((one) => one.face === face && one.state === 'waiting')
  for (const message of kept) if (!message.retrying) await send(state, message)
}

function faultApi(state: SimState, faces: readonly Face[]): Hono {
  const api = new Hono()
  api.get('/', (c) =>
    c.json({
      seed: state.random.seed,
      now: state.clock.now(),
      faults,
      rules: [...state.faults.rules.values()],
      disabled: [...state.faults.disabled],
    }),
  )
  api.post('/', async (c) => {
    const asked = askedFor(await c.req.json<unknown>().catch(() => undefined))
    return asked ? c.json(add({ state, faces }, asked), 201) : c.json({ error: UNKNOWN }, 400)
  })
  api.post('/enable/:face', async (c) => {
    await enable(state, c.req.param('face'))
    return c.json({ enabled: true })
  })
  api.delete('/', (c) => {
    state.faults.rules.clear()
    return c.json({ cleared: true })
  })
  api.delete('/:id', (c) => (state.faults.rules.delete(c.req.param('id')) ? c.json({ cleared: true }) : c.notFound()))
  return api
}

const UNKNOWN = 'There is no such fault, or one of its values is not what it should be.'
const NUMBERS = ['share', 'next', 'by', 'forMs'] as const

/** What was asked for, if it can be. Shape: empty values count as not given. */
function askedFor(given: unknown): Asked | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '' && value !== undefined))
  const { fault, face, kind } = values as Record<string, unknown>
  if (typeof fault !== 'string' || !Object.hasOwn(faults, fault)) return undefined
  if (![face, kind].every((text) => text === undefined || typeof text === 'string')) return undefined
  const numbers = NUMBERS.flatMap((name) => (name in values ? [[name, Number(values[name])] as const] : []))
  if (numbers.some(([name, value]) => !isRight(name, value))) return undefined
  return {
    fault,
    ...(face !== undefined && { face }),
    ...(kind !== undefined && { kind }),
    ...Object.fromEntries(numbers),
  } as Asked
}

function isRight(name: (typeof NUMBERS)[number], value: number): boolean {
  if (name === 'share') return value >= 0 && value <= 1
  if (name === 'next') return Number.isInteger(value) && value > 0
  return Number.isFinite(value) && (name === 'by' || value > 0)
}

function faultPage(state: SimState, faces: readonly Face[]): Hono {
  const show = (c: Context, error?: string) =>
    c.html(asHtml(<FaultPage state={state} faces={faces} error={error} />), error ? 422 : 200)
  const page = new Hono()
  page.get('/', (c) => show(c))
  page.post('/', async (c) => {
    const asked = askedFor(await c.req.parseBody())
    if (!asked) return show(c, UNKNOWN)
    add({ state, faces }, asked)
    return c.redirect('/faults', 303)
  })
  page.post('/:id/clear', (c) => {
    state.faults.rules.delete(c.req.param('id'))
    return c.redirect('/faults', 303)
  })
  page.post('/enable/:face', async (c) => {
    await enable(state, c.req.param('face'))
    return c.redirect('/faults', 303)
  })
  return page
}

type Shown = { state: SimState; faces: readonly Face[]; error?: string | undefined }

function FaultPage({ state, faces, error }: Shown) {
  return (
    <Frame title="Faults, simulator">
      <h1>Faults</h1>
      <p>
        What goes wrong between a processor and the shop. Everything that is left to chance comes from the seed{' '}
        <code>{state.random.seed}</code>.
      </p>
      <Standing state={state} />
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <form class="sheet" method="post" action="/faults">
        <label for="fault">Fault</label>
        <select id="fault" name="fault">
          {Object.entries(faults).map(([name, { says }]) => (
            <option value={name}>{says}</option>
          ))}
        </select>
        <label for="face">Processor</label>
        <select id="face" name="face">
          <option value="">Every one</option>
          {faces.map(({ id, name }) => (
            <option value={id}>{name}</option>
          ))}
        </select>
        <Typed name="kind" label="Kind of message, or path of the API; * stands for the rest" />
        <Typed name="share" label="How often, from 0 to 1" />
        <Typed name="next" label="So many times, and then no more" />
        <Typed name="by" label="How much" />
        <Typed name="forMs" label="For how long, in milliseconds" />
        <button type="submit">Add</button>
      </form>
      <Meanings />
    </Frame>
  )
}

function Typed({ name, label }: { name: string; label: string }) {
  return (
    <>
      <label for={name}>{label}</label>
      <input id={name} name={name} autocomplete="off" />
    </>
  )
}

function Standing({ state }: { state: SimState }) {
  const rules = [...state.faults.rules.values()]
  const disabled = [...state.faults.disabled]
  if (rules.length + disabled.length === 0) return <p>Nothing goes wrong now.</p>
  return (
    <table>
      <tbody>
        {rules.map((rule) => (
          <tr>
            <th scope="row">{faults[rule.fault].says}</th>
            <td>{scopeOf(rule)}</td>
            <td>
              <form method="post" action={`/faults/${rule.id}/clear`}>
                <button type="submit">End</button>
              </form>
            </td>
          </tr>
        ))}
        {disabled.map((face) => (
          <tr>
            <th scope="row">{face} sends nothing more</th>
            <td>after too many failures</td>
            <td>
              <form method="post" action={`/faults/enable/${face}`}>
                <button type="submit">Let it send</button>
              </form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function scopeOf({ fault, face, kind, share, next, by }: Rule): string {
  const { unit } = faults[fault]
  const parts = [face ?? 'every processor', kind, unit && `${by} ${unit}`, share < 1 && `share ${share}`]
  return [...parts, next !== undefined && `${next} more times`].filter(Boolean).join(', ')
}

function Meanings() {
  return (
    <>
      <h2>Names for programs</h2>
      <p>
        The same by JSON at <code>/_sim/faults</code>: GET, POST, DELETE.
      </p>
      <table>
        <tbody>
          {Object.entries(faults).map(([name, { says, by, unit }]) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{unit ? `${says} (${by} ${unit}, if you say nothing)` : says}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
