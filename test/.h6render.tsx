/** @jsxImportSource hono/jsx */
/** @jsxRuntime automatic */
import { mkdirSync, writeFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { openAssets, shell } from '../src/web/index.ts'
import { buildAssets } from '../scripts/build.js'
import { testWeb } from '../test/web.ts'
import { SampleDesk, SampleHeld, SampleShop } from '../test/sample.tsx'
await buildAssets('/tmp/h6dist')
const port = Number(process.argv[2] ?? 4991)
const web = testWeb({ baseUrl: `http://127.0.0.1:${port}`, assets: await openAssets('/tmp/h6dist') })
const app = shell({
  web,
  now: () => new Date(),
  log: (e, v) => e === 'broken' && console.log(e, v),
  inbound: [],
  trustedProxies: 0,
})
app.get('/', (c) => c.html(<SampleShop web={web} />))
app.get('/cached', (c) => web.cached(c, { version: '1', key: '/cached', render: () => <SampleShop web={web} /> }))
app.get('/held', (c) => c.html(<SampleHeld web={web} />))
app.get('/desk', (c) => c.html(<SampleDesk web={web} />))
app.post('/desk/sign-out', (c) => c.redirect('/', 303))
app.get('/boom', () => {
  throw new Error('ada@example.org')
})
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => console.log('up'))
process.on('SIGINT', () => process.exit())
