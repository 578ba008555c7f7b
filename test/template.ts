import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate, openEngine, type Source } from '../src/db/index.ts'
import { allGrants } from '../src/desk/index.ts'
import { asAdmin, postgresBin, startCluster } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    pgliteTemplate: string
    /** A folder of PGlite in which no table of ours is; empty where no test needs one. */
    pgliteEmpty: string
    postgresPort: number
  }
}

type Template = { readonly stop: () => Promise<void> }

/** Migrates a database and closes it whatever happens: an open engine would keep the whole run from ending. */
async function fillTemplate(source: Source): Promise<void> {
  const engine = await openEngine(source)
  try {
    await migrate(engine, { folder: resolve('src/db/migrations'), grants: allGrants })
  } finally {
    await engine.close()
  }
}

async function onPglite(project: TestProject): Promise<Template> {
  const home = mkdtempSync(join(tmpdir(), 'avow-template-'))
  const dir = join(home, 'pglite')
  const stop = (): Promise<void> => Promise.resolve(rmSync(home, { recursive: true, force: true }))
  const empty = project.name === 'start' ? join(home, 'empty') : ''
  try {
    if (empty) await (await openEngine({ kind: 'pglite', dir: empty })).close()
    if (empty) cpSync(empty, dir, { recursive: true })
    await fillTemplate({ kind: 'pglite', dir })
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('pgliteTemplate', dir)
  project.provide('pgliteEmpty', empty)
  return { stop }
}

async function onPostgres(project: TestProject): Promise<Template> {
  const bin = postgresBin()
  project.provide('postgresPort', 0)
  if (!bin) return { stop: () => Promise.resolve() }
  const cluster = await startCluster(bin)
  try {
    await asAdmin(cluster.port, 'create database avow_template owner avow_owner')
    const url = `postgres://avow_owner@127.0.0.1:${cluster.port}/avow_template`
    await fillTemplate({ kind: 'postgres', url, ownerUrl: url })
  } catch (error) {
    await cluster.stop()
    throw error
  }
  project.provide('postgresPort', cluster.port)
  return cluster
}

/** Makes one template of each engine that the project is for (both, when it names none), before its first test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const wanted = project.config.env?.['AVOW_TEST_ENGINE']
  const made: Template[] = []
  const stop = async (): Promise<void> => {
    for (const template of made.splice(0).reverse()) await template.stop()
  }
  try {
    if (wanted !== 'postgres') made.push(await onPglite(project))
    if (wanted !== 'pglite') made.push(await onPostgres(project))
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}
