import { Hono } from 'hono'
import { controlApi } from './control.ts'
import { faultDesk } from './faults/desk.tsx'
import { drillApi } from './faults/drills.ts'
import { paddleFace } from './paddle/face.ts'
import { sealedFace } from './sealed/face.tsx'
import { Frame, asHtml, simCss } from './pages.tsx'
import type { Face, SimState } from './state.ts'
import { regnowFace } from './regnow/face.tsx'
import { stripeFace } from './stripe/face.ts'
import { swregFace } from './swreg/face.tsx'

/** The processors that are played: those that have settings. */
export function facesOf(state: SimState): Face[] {
  const { stripe, paddle, swreg, regnow, sealed } = state.settings
  const faces = [
    stripe && stripeFace(state, stripe),
    paddle && paddleFace(state, paddle),
    swreg && swregFace(state),
    regnow && regnowFace(state),
    sealed && sealedFace(state, sealed),
  ]
  return faces.filter((face) => face !== undefined)
}

/** The whole simulator: hosted pages, APIs, control, fault desk. */
export function simApp(state: SimState): Hono {
  const app = new Hono()
  const faces = facesOf(state)
  app.use(async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
  })
  app.get('/sim.css', (c) => c.body(simCss, 200, { 'content-type': 'text/css' }))
  app.get('/', (c) => c.html(asHtml(<FrontPage faces={faces} seed={state.random.seed} />)))
  app.route('/', faultDesk(state, faces))
  app.route('/_sim', controlApi(state)).route('/_sim/drills', drillApi(faces))
  for (const face of faces) app.route(`/_sim/${face.id}`, face.control).route('/', face.routes)
  return app
}

function FrontPage({ faces, seed }: { faces: readonly Face[]; seed: number }) {
  return (
    <Frame title="Simulator">
      <h1>Simulator</h1>
      <p>
        This program plays card processors for the example shop. Start an order in the shop to see a payment page here.
      </p>
      <table>
        <tbody>
          {faces.map(({ name, fidelity }) => (
            <tr>
              <th scope="row">{name}</th>
              <td>made from: {fidelity}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        <a href="/faults">Let things go wrong</a>. The seed of this run is <code>{seed}</code>.
      </p>
    </Frame>
  )
}
