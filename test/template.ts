import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate, openEngine } from '../src/db/index.ts'
import { allGrants, laxGrants } from './grants.ts'
import { asAdmin, postgresBin, startCluster } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    pgliteTemplate: string
    postgresPort: number
  }
}

function tablesOf(folder: string): string[] {
  const text = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
  return [...text.matchAll(/^create table (\w+) \(/gm)].map((found) => found[1] ?? '')
}

let shared: Promise<{ dir: string; port: number; stop: () => Promise<void> }> | undefined
let users = 0

async function build(): Promise<{ dir: string; port: number; stop: () => Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), 'avow-template-'))
  const dir = join(home, 'pglite')
  const plan = {
    folder: resolve('src/db/migrations'),
    grants: process.env['AVOW_TEST_LAX'] ? await laxGrants(tablesOf('src/db/migrations')) : await allGrants(),
  }
  const pglite = await openEngine({ kind: 'pglite', dir })
  await migrate(pglite, plan)
  await pglite.close()
  const bin = postgresBin()
  const cluster = bin ? await startCluster(bin) : undefined
  if (cluster) {
    await asAdmin(cluster.port, 'create database avow_template owner avow_owner')
    const url = `postgres://avow_owner@127.0.0.1:${cluster.port}/avow_template`
    const engine = await openEngine({ kind: 'postgres', url, ownerUrl: url })
    await migrate(engine, plan)
    await engine.close()
  }
  const stop = async (): Promise<void> => {
    await cluster?.stop()
    rmSync(home, { recursive: true, force: true })
  }
  return { dir, port: cluster?.port ?? 0, stop }
}

/** Makes the roles, one cluster and one template of each engine, once for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  users += 1
  shared ??= build()
  const { dir, port, stop } = await shared
  project.provide('pgliteTemplate', dir)
  project.provide('postgresPort', port)
  return async () => {
    users -= 1
    if (users === 0) await stop()
  }
}
