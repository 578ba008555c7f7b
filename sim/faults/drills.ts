import { Hono } from 'hono'
import type { Face } from '../state.ts'
import type { Misfortune } from './drill.ts'

/** Each processor's books, and what may befall an order there, for programs at `/_sim/drills`. */
export function drillApi(faces: readonly Face[]): Hono {
  const api = new Hono()
  api.get('/', (c) =>
    c.json(faces.flatMap(({ id, drill }) => (drill ? [{ id, knows: drill.knows, books: drill.books() }] : []))),
  )
  api.post('/:face/:order/:what', (c) => {
    const { face, order, what } = c.req.param()
    const drill = faces.find(({ id }) => id === face)?.drill
    const known = drill?.knows.find((one): one is Misfortune => one === what)
    return drill && known ? c.json({ done: drill.befall(order, known) }) : c.notFound()
  })
  return api
}
