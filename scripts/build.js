// Bundles the program into dist/: the entry points, the vendor's configuration, the migrations, and the assets under hashed names.
// Run by `npm run build`; tests call `build` with a folder of their own. Nothing that a running program still reads is removed.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as bundle } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...parts) => join(root, ...parts)

const ENTRIES = {
  main: 'src/main.ts',
  avow: 'src/cli/avow.ts',
  sim: 'sim/main.ts',
  pgliteWorker: 'src/db/pglite/worker.js',
}

/** The vendor's own configuration if there is one, else the example's. */
export function configFileOf(folder = root) {
  const own = join(folder, 'avow.config.ts')
  return existsSync(own) ? own : join(folder, 'examples/higosoft/config.ts')
}

/**
 * Builds everything into `outdir`. `configFile` is bundled to config.js, and the folder `downloads` beside it is copied.
 * Answers the entry points that were built. Rejects when an entry does not compile.
 */
export async function build({ outdir = at('dist'), configFile = configFileOf() } = {}) {
  await mkdir(outdir, { recursive: true })
  const entries = { ...ENTRIES, config: configFile }
  const present = Object.entries(entries).filter(([, file]) => existsSync(resolve(root, file)))
  await Promise.all([
    buildEntries(Object.fromEntries(present), outdir),
    buildAssets(outdir, join(dirname(configFile), 'pictures')),
    copyFolder(at('src/db/migrations'), join(outdir, 'migrations')),
    copyFolder(join(dirname(configFile), 'downloads'), join(outdir, 'downloads')),
  ])
  return present.map(([name]) => name)
}

function buildEntries(entryPoints, outdir) {
  return bundle({
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: true,
    logLevel: 'error',
  })
}

/** Builds the style, the fonts, the drawings and the vendor's pictures, and writes assets.json: plain name to hashed name. */
export async function buildAssets(outdir, pictures = '') {
  const folder = join(outdir, 'assets')
  await mkdir(folder, { recursive: true })
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: ['src/web/assets/app.css'],
    outdir: folder,
    bundle: true,
    minify: true,
    target: 'esnext', // the style is written for today's browsers; nothing is rewritten for older ones
    loader: { '.svg': 'file', '.woff2': 'file' },
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    metafile: true,
    logLevel: 'error',
  })
  const names = Object.fromEntries(
    Object.entries(metafile.outputs).map(([file, { entryPoint, inputs }]) => [
      basename(entryPoint ?? Object.keys(inputs)[0]),
      basename(file),
    ]),
  )
  names['icon.svg'] = await hashed(at('src/web/assets/icon.svg'), folder)
  for (const name of await plainFiles(pictures)) names[`pictures/${name}`] = await hashed(join(pictures, name), folder)
  await writeFile(join(outdir, 'assets.json'), JSON.stringify(names, null, 2))
  const stale = (await readdir(folder)).filter((file) => !Object.values(names).includes(file))
  await Promise.all(stale.map((file) => rm(join(folder, file))))
  return names
}

async function hashed(file, folder) {
  const content = await readFile(file)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase()
  const name = `${basename(file, extname(file))}-${hash}${extname(file)}`
  await writeFile(join(folder, name), content)
  return name
}

/** Copies the regular files of a folder; one that is the same already is left alone, since it may be being read. */
async function copyFolder(from, to) {
  if (!existsSync(from)) return
  await mkdir(to, { recursive: true })
  const files = await plainFiles(from)
  await Promise.all(
    files.map(async (name) =>
      (await same(join(from, name), join(to, name))) ? undefined : copyFile(join(from, name), join(to, name)),
    ),
  )
  const gone = (await readdir(to)).filter((name) => !files.includes(name))
  await Promise.all(gone.map((name) => rm(join(to, name), { recursive: true })))
}

async function plainFiles(folder) {
  if (!folder || !existsSync(folder)) return []
  const entries = await readdir(folder, { withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}

async function same(a, b) {
  if (!existsSync(b)) return false
  const [left, right] = await Promise.all([readFile(a), readFile(b)])
  return left.equals(right)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await build()
  if (!built.includes('main')) {
    console.error('src/main.ts is missing: nothing to start was built')
    process.exitCode = 1
  }
}
