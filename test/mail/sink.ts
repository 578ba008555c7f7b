import { appendFileSync, readFileSync } from 'node:fs'
import { SMTPServer } from 'smtp-server'

// A mail host of its own process: it takes every mail over TLS and writes down what it took before it says so.
const [port, folder] = [Number(process.argv[2]), String(process.argv[3])]
const read = (name: string): Buffer => readFileSync(`${folder}/${name}`)

const server = new SMTPServer({
  secure: true,
  key: read('key.pem'),
  cert: read('cert.pem'),
  authOptional: true,
  disabledCommands: ['AUTH'],
  onData: (stream, session, callback) => {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      const to = session.envelope.rcptTo.map(({ address }) => address)
      appendFileSync(
        `${folder}/taken.jsonl`,
        `${JSON.stringify({ to, mail: Buffer.concat(parts).toString('utf8') })}\n`,
      )
      callback()
    })
  },
})
server.on('error', () => {}) // a client that is killed ends its connection in whatever state it was
server.listen(port, '127.0.0.1', () => console.log('listening'))
