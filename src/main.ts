import { fileURLToPath } from 'node:url'
import { readEnvironment } from './cli/environment.ts'
import { run, type Running } from './cli/run.ts'
import { lastWords, sentenceFor } from './cli/sentence.ts'

process.umask(0o077)
const configFile = fileURLToPath(new URL('./config.js', import.meta.url))

// Node would print the whole error, and a database's error quotes the row that it was about.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${lastWords(error)}\n`)
  process.exit(1)
})

try {
  const { config } = (await import(configFile)) as { config: unknown }
  const running = await run(readEnvironment(process.env), config)
  stopOnSignal(running) // before anything is said, so that nobody is quicker than we are
  const width = Math.max(...running.addresses.map(([label]) => label.length))
  for (const [label, where] of running.addresses) process.stdout.write(`${label.padEnd(width)}  ${where}\n`)
  process.stdout.write('\nCtrl-C stops all of it.\n')
} catch (error) {
  process.stderr.write(`${sentenceFor(error)}\n`)
  process.exit(1)
}

function stopOnSignal(running: Running): void {
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    void running.stop().then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
