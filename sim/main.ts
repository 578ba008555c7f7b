import { serve } from '@hono/node-server'
import { simApp } from './app.tsx'
import { newState } from './state.ts'

const env = process.env
const port = Number(env['SIM_PORT'])
const state = newState({
  port,
  baseUrl: `http://localhost:${port}`,
  apiKey: env['SIM_API_KEY'] ?? '',
  webhookUrl: env['SIM_WEBHOOK_URL'] ?? '',
  webhookSecret: env['SIM_WEBHOOK_SECRET'] ?? '',
  lateMs: Number(env['SIM_LATE_MS'] ?? 3000),
})
const server = serve({ fetch: simApp(state).fetch, port, hostname: '127.0.0.1' }, () => process.stdout.write('ready\n'))
server.on('error', () => process.exit(3))

// Whoever started the simulator holds its standard input; when that closes, nobody is left to serve.
if (env['SIM_STAYS'] !== '1') process.stdin.on('end', () => process.exit(0)).resume()
process.on('SIGTERM', () => process.exit(0))
process.on('SIGINT', () => {}) // Ctrl-C reaches the whole group; the program that started us closes us in order
