// What the tests need of the machine: Chromium, PostgreSQL and Dovecot. Where it is root on Debian, what is missing is installed.
import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The browser on this machine; undefined when there is none. */
export function chromium() {
  const known = ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join('/usr/bin', name))
  return [process.env['CHROMIUM_PATH'], ...known].find((path) => path && existsSync(path))
}

/** Whether PostgreSQL's own programs are here. */
export function hasPostgres(root = '/usr/lib/postgresql') {
  return existsSync(root) && readdirSync(root).some((version) => existsSync(join(root, version, 'bin/postgres')))
}

const needs = [
  { name: 'Chromium', here: () => chromium() !== undefined, packages: ['chromium', 'fonts-liberation'] },
  { name: 'PostgreSQL', here: () => hasPostgres(), packages: ['postgresql'] },
  {
    name: 'Dovecot',
    here: () => existsSync('/usr/sbin/dovecot') && existsSync('/usr/lib/dovecot/imap'),
    packages: ['dovecot-core', 'dovecot-imapd'],
  },
]

function isRootOnDebian() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  return process.getuid?.() === 0 && /^ID=debian$/m.test(release)
}

/** Debian starts a server of its own with the package, unless it is told before. */
function install(packages) {
  if (packages.includes('postgresql')) {
    mkdirSync('/etc/postgresql-common', { recursive: true })
    appendFileSync('/etc/postgresql-common/createcluster.conf', '\ncreate_main_cluster = false\n')
  }
  const apt = (...args) =>
    execFileSync('apt-get', args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
  apt('update', '-q')
  apt('install', '-q', '-y', '--no-install-recommends', ...packages)
}

/** Sees to what the tests need. Answers the names of what is not here, each with the reason. */
export function prepareMachine() {
  const missing = needs.filter((need) => !need.here())
  if (missing.length === 0) return []
  let why = 'not installed, and only root on Debian can be helped'
  if (isRootOnDebian()) {
    try {
      install(missing.flatMap((need) => need.packages))
      why = 'installed, and still not found'
    } catch {
      why = 'not installed, and apt-get could not install it'
    }
  }
  return missing.filter((need) => !need.here()).map(({ name }) => ({ name, why }))
}
