import { serve } from '@hono/node-server'
import { simApp } from './app.tsx'
import { readSettings } from './settings.ts'
import { newState } from './state.ts'

const env = process.env
const state = newState(readSettings(env))
const at = { port: state.settings.port, hostname: '127.0.0.1' }
const server = serve({ fetch: simApp(state).fetch, ...at }, () =>
  process.stdout.write(`seed ${state.random.seed}\nready\n`),
)
server.on('error', () => process.exit(3))

// Whoever started the simulator holds its standard input; when that closes, nobody is left to serve.
if (env['SIM_STAYS'] !== '1') process.stdin.on('end', () => process.exit(0)).resume()
process.on('SIGTERM', () => process.exit(0))
process.on('SIGINT', () => {}) // Ctrl-C reaches the whole group; the program that started us closes us in order
