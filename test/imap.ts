import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'
import type { ImapServer } from '../src/contact/index.ts'
import { freePort } from './ports.ts'

/** A real mail server of the tests' own: Dovecot on loopback, as a user who is not root. */
export type MailServer = {
  readonly server: ImapServer
  /** Puts mails into the mailbox, one after another. */
  readonly deliver: (...mails: readonly (string | Uint8Array)[]) => Promise<void>
  /** How many mails lie in a folder of it. */
  readonly count: (folder?: string) => Promise<number>
  /** Gives all mails new numbers, as a server does that was restored: the uids mean nothing any more. */
  readonly renumber: () => Promise<void>
  readonly stop: () => Promise<void>
}

const DOVECOT = '/usr/sbin/dovecot'

function account(): { name: string; uid: number; gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'dovecot'], { encoding: 'utf8' }))
  const own = userInfo()
  return own.uid === 0 ? { name: 'dovecot', uid: id('-u'), gid: id('-g') } : { ...own, name: own.username }
}

function configOf(dir: string, port: number, name: string): string {
  return `
base_dir = ${dir}/run
state_dir = ${dir}/run
log_path = ${dir}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = ${name}
default_internal_group = ${execFileSync('id', ['-gn', name], { encoding: 'utf8' }).trim()}
default_login_user = ${name}
first_valid_uid = 1
mail_location = maildir:${dir}/mail/%u
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${name} gid=${name} home=${dir}/home/%u
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`
}

/** Starts the server with one empty mailbox. */
export async function startImap(): Promise<MailServer> {
  if (!existsSync(DOVECOT)) throw new Error('Dovecot is not installed here: see scripts/machine.js')
  const dir = mkdtempSync(join(tmpdir(), 'avow-imap-'))
  const as = account()
  const port = await freePort()
  mkdirSync(join(dir, 'run'))
  writeFileSync(join(dir, 'dovecot.conf'), configOf(dir, port, as.name))
  for (const path of [dir, join(dir, 'run')]) chownSync(path, as.uid, as.gid)
  const stop = guarded([DOVECOT, '-F', '-c', join(dir, 'dovecot.conf')], dir, as)
  const server: ImapServer = {
    host: '127.0.0.1',
    port,
    secure: false,
    auth: { user: 'help', pass: 'secret' },
    plainOnLoopback: true,
  }
  await reachable(server).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    server,
    stop,
    deliver: (...mails) =>
      asUser(server, async (client) => {
        for (const mail of mails)
          await client.append('INBOX', typeof mail === 'string' ? Buffer.from(mail) : Buffer.from(mail))
      }),
    count: (folder = 'INBOX') =>
      asUser(server, async (client) => {
        const status = await client.status(folder, { messages: true })
        return (status || undefined)?.messages ?? 0
      }),
    renumber: () =>
      asUser(server, async (client) => {
        await client.mailboxCreate('Aside')
        for (const [from, to] of [
          ['INBOX', 'Aside'],
          ['Aside', 'INBOX'],
        ] as const) {
          await client.mailboxOpen(from)
          await client.messageMove('1:*', to)
        }
      }),
  }
}

async function asUser<T>({ host, port, auth }: ImapServer, use: (client: ImapFlow) => Promise<T>): Promise<T> {
  const client = new ImapFlow({ host, port, secure: false, doSTARTTLS: false, auth: { ...auth }, logger: false })
  client.on('error', () => {})
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.logout()
  }
}

async function reachable(server: ImapServer, tries = 100): Promise<void> {
  try {
    await asUser(server, () => Promise.resolve())
  } catch (error) {
    if (tries === 0) throw error
    await new Promise((resolve) => setTimeout(resolve, 50))
    await reachable(server, tries - 1)
  }
}

/** Runs the server under a shell that waits for its standard input to close, so that none is left behind however this process ends. */
function guarded(command: readonly string[], dir: string, as: { uid: number; gid: number }): () => Promise<void> {
  const script = '"$@" & cat > /dev/null; kill -TERM $!; wait $!; rm -rf "$PWD"'
  const guard = spawn('/bin/sh', ['-c', script, 'sh', ...command], {
    ...(userInfo().uid === 0 ? { uid: as.uid, gid: as.gid } : {}),
    cwd: dir,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const gone = new Promise<void>((resolve) => guard.once('exit', () => resolve()))
  return async () => {
    guard.stdin.end()
    await gone
    rmSync(dir, { recursive: true, force: true })
  }
}
