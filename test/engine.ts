import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, test } from 'vitest'
import { openEngine, type Engine, type Source } from '../src/db/index.ts'
import { asAdmin } from './postgres.ts'

/** A fresh database with all migrations, on the engine that this run is for. */
export type TestEngine = {
  readonly engine: Engine
  readonly source: Source
  readonly login: string
  readonly dir: string
  readonly close: () => Promise<void>
}

/** The engines that this machine can test on. */
export const engines = (process.env['AVOW_TEST_ENGINES'] ?? 'pglite,postgres').split(',') as readonly Source['kind'][]

let clones = 0

/** Clones the template for one test file. Shape: `AVOW_TEST_ENGINE` is `pglite` or `postgres`. */
export async function testEngine(): Promise<TestEngine> {
  const dir = mkdtempSync(join(tmpdir(), 'avow-test-'))
  const source = await cloneSource(process.env['AVOW_TEST_ENGINE'] === 'postgres' ? 'postgres' : 'pglite', dir)
  const engine = await openEngine(source)
  const login = source.kind === 'postgres' ? 'avow_app' : 'postgres'
  const close = async (): Promise<void> => {
    await engine.close()
    rmSync(dir, { recursive: true, force: true })
  }
  return { engine, source, login, dir, close }
}

/** A database of its own, not yet opened, for tests that start the program as a process. */
export async function cloneSource(kind: Source['kind'], dir: string): Promise<Source> {
  if (kind === 'pglite') {
    const copy = join(dir, 'pglite')
    cpSync(inject('pgliteTemplate'), copy, { recursive: true })
    return { kind, dir: copy }
  }
  const port = inject('postgresPort')
  if (!port) throw new Error('PostgreSQL is not installed here')
  const name = `avow_${process.pid}_${(clones += 1)}_${Math.random().toString(36).slice(2, 8)}`
  await asAdmin(port, `create database ${name} template avow_template owner avow_owner`)
  return {
    kind,
    url: `postgres://avow_app@127.0.0.1:${port}/${name}`,
    ownerUrl: `postgres://avow_owner@127.0.0.1:${port}/${name}`,
  }
}

const none = Object.assign(() => {}, { each: () => () => {} }) as unknown as typeof test

/** Defines tests that only one engine can have; on the other they do not exist, so that nothing is skipped. */
export function testOn(engine: Source['kind']): typeof test {
  return (process.env['AVOW_TEST_ENGINE'] ?? 'pglite') === engine ? test : none
}
