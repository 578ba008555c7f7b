import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from './ports.ts'

/** A mail as the mail host took it. Shape: `id` without angle brackets. */
export type TakenMail = { readonly to: string; readonly id: string; readonly subject: string; readonly text: string }

/** A mail host in a process of its own, which is not killed with the program. */
export type MailSink = {
  /** What the program needs to find and to trust it. */
  readonly env: Readonly<Record<string, string>>
  readonly taken: () => TakenMail[]
  readonly stop: () => Promise<void>
}

/** Starts a mail host that takes everything, over TLS with a certificate made for it. */
export async function startMailSink(): Promise<MailSink> {
  const folder = mkdtempSync(join(tmpdir(), 'avow-sink-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', cert]
  execFileSync('openssl', [...made, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], {
    stdio: 'ignore',
  })
  const port = await freePort()
  const child = spawn(process.execPath, ['--import', 'tsx', resolve('test/mail/sink.ts'), String(port), folder])
  await new Promise<void>((ready, failed) => {
    child.stdout.once('data', () => ready())
    child.once('exit', () => failed(new Error('the mail host did not start')))
  })
  const file = join(folder, 'taken.jsonl')
  return {
    env: { SMTP_URL: `smtps://localhost:${port}`, MAIL_FROM: 'news@higosoft.example', NODE_EXTRA_CA_CERTS: cert },
    taken: () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1).map(mailOf) : []),
    stop: async () => {
      const ended = new Promise((end) => child.once('exit', end))
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function mailOf(line: string): TakenMail {
  const { to, mail } = JSON.parse(line) as { to: string[]; mail: string }
  const [head = '', ...body] = mail.split('\r\n\r\n')
  const value = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1]?.trim() ?? ''
  const text = body.join('\n\n').replaceAll('=\r\n', '').replaceAll('=3D', '=').replaceAll('\r\n', '\n')
  return { to: to.join(), id: value('Message-ID').replace(/[<>]/g, ''), subject: value('Subject'), text }
}
