import { mkdirSync } from 'node:fs'
import { openEngine, type Source } from '../../src/db/index.ts'
import { asAdmin, postgresBin, startCluster, type Cluster } from '../postgres.ts'
import { buildProgram, freePorts, freshFolders, startProgram, type Ended, type Program } from '../program.ts'
import { startOwnSimulator, type OwnSimulator } from '../simulator.ts'
import type { Places } from './search.ts'

/** A shop and its processor as processes, alone on their database, with everything that they write and print. */
export type Scene = {
  readonly program: Program
  readonly sim: OwnSimulator
  /** All that there is to search: data, keys, the database's own folder, the outbox, and what was printed. */
  readonly places: () => Promise<Places>
  /** The same when nothing runs any more, but for the database's server. */
  readonly stop: () => Promise<{ ended: Ended; places: Places }>
  /** Runs a statement as the owner of the stopped program's database. */
  readonly asOwner: (text: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts all of it on one engine. PostgreSQL gets a cluster of its own, so that its whole folder can be searched. */
export async function openScene(kind: Source['kind']): Promise<Scene> {
  const folders = freshFolders()
  mkdirSync(folders.data, { recursive: true })
  const bin = postgresBin()
  const cluster = kind === 'postgres' && bin ? await startCluster(bin) : undefined
  const source = cluster ? await freshDatabase(cluster) : ({ kind: 'pglite', dir: `${folders.data}/pglite` } as const)
  const dist = await buildProgram(`erase-${kind}`)
  const ports = await freePorts()
  const sim = await startOwnSimulator(dist, ports)
  const program = await startProgram({ dist, ...folders, source, ports, env: sim.env })
  let ended: Ended | undefined
  const stop = async (): Promise<Ended> => (ended ??= await program.stop())
  const onDisk = async (): Promise<string[]> => {
    if (!cluster) return [folders.data, folders.keys]
    await asAdmin(cluster.port, 'checkpoint')
    const [row] = await asAdmin(cluster.port, 'show data_directory')
    return [folders.data, folders.keys, String(row?.['data_directory'])]
  }
  const printed = (): Record<string, string> => ({
    'what the shop printed': program.printed(),
    'what the processor printed': sim.printed(),
  })
  return {
    program,
    sim,
    places: async () => ({ folders: await onDisk(), texts: { ...printed(), ...(await outboxOf(program)) } }),
    stop: async () => ({ ended: await stop(), places: { folders: await onDisk(), texts: printed() } }),
    asOwner: async (text) => {
      const engine = await openEngine(source)
      await engine.asOwner((ask) => ask(text))
      await engine.close()
    },
    close: async () => {
      await stop()
      await sim.stop()
      await cluster?.stop()
      folders.remove()
    },
  }
}

async function freshDatabase(cluster: Cluster): Promise<Source> {
  await asAdmin(cluster.port, 'create database shop owner avow_owner')
  const at = (login: string): string => `postgres://${login}@127.0.0.1:${cluster.port}/shop`
  return { kind: 'postgres', url: at('avow_app'), ownerUrl: at('avow_owner') }
}

/** Every page of the outbox and every mail in it. */
async function outboxOf({ outbox }: Program): Promise<Record<string, string>> {
  const textOf = async (path: string): Promise<string> => (await fetch(`${outbox}${path}`)).text()
  const list = await textOf('/mails.json')
  const { mails } = JSON.parse(list) as { mails: { id: string }[] }
  const opened = mails.map(async ({ id }) => [`the mail ${id}`, await textOf(`/mails/${id}.json`)] as const)
  return { 'the outbox': await textOf('/'), 'its list': list, ...Object.fromEntries(await Promise.all(opened)) }
}
