import { Hono } from 'hono'
import type { CardStory } from '../cards.ts'
import type { SimState } from '../state.ts'
import { operate, pay } from './deeds.ts'
import { columns, report } from './report.ts'

/** What an operator and whoever tests may do at RegNow. */
export function regnowControl(state: SimState): Hono {
  const { orders } = state.regnow
  const control = new Hono()
  control.get('/orders', (c) => c.json([...orders.values()]))
  control.get('/report.csv', (c) => {
    const chosen = c.req.query('columns')?.split(',') ?? Object.keys(columns)
    return c.body(report(state.regnow, chosen), 200, { 'content-type': 'text/csv; charset=utf-8' })
  })
  control.post('/reviews/:on', (c) => {
    state.regnow.reviews = c.req.param('on') === 'on'
    return c.json({ reviews: state.regnow.reviews })
  })
  control.post('/orders/:id/pay/:story', async (c) => {
    const order = orders.get(c.req.param('id'))
    const isOpen = order?.status === 'N' || order?.status === 'I'
    return isOpen ? c.json(await pay(state, order, c.req.param('story') as CardStory)) : c.notFound()
  })
  control.post('/orders/:id/:deed', async (c) => {
    const order = orders.get(c.req.param('id'))
    const isDone = order !== undefined && (await operate(state, order, c.req.param('deed')))
    return c.json({ done: isDone }, isDone ? 200 : 404)
  })
  return control
}
