import { join } from 'node:path'
import acceptance from './domains/acceptance/index.ts'
import awards from './domains/awards/index.ts'
import contracts from './domains/contracts/index.ts'
import correspondence from './domains/correspondence/index.ts'
import cutover from './domains/cutover/index.ts'
import documents from './domains/documents/index.ts'
import enterprises from './domains/enterprises/index.ts'
import envoys from './domains/envoys/index.ts'
import custody from './domains/equipment/custody/index.ts'
import equipment from './domains/equipment/index.ts'
import inspection from './domains/equipment/inspection/index.ts'
import maintenance from './domains/equipment/maintenance/index.ts'
import purchasing from './domains/equipment/purchasing/index.ts'
import spares from './domains/equipment/spares/index.ts'
import exchangeBoard from './domains/exchange-board/index.ts'
import funds from './domains/funds/index.ts'
import hotline from './domains/hotline/index.ts'
import households from './domains/households/index.ts'
import information from './domains/information/index.ts'
import intellectual from './domains/intellectual/index.ts'
import knowledge from './domains/knowledge/index.ts'
import leadership from './domains/leadership/index.ts'
import mail from './domains/mail/index.ts'
import materials from './domains/materials/index.ts'
import meetings from './domains/meetings/index.ts'
import metrology from './domains/metrology/index.ts'
import network from './domains/network/index.ts'
import notes from './domains/notes/index.ts'
import openness from './domains/openness/index.ts'
import outreach from './domains/outreach/index.ts'
import projects from './domains/projects/index.ts'
import publications from './domains/publications/index.ts'
import reviews from './domains/reviews/index.ts'
import samples from './domains/samples/index.ts'
import schemes from './domains/schemes/index.ts'
import sessions from './domains/sessions/index.ts'
import talent from './domains/talent/index.ts'
import townships from './domains/townships/index.ts'
import training from './domains/training/index.ts'
import trials from './domains/trials/index.ts'
import worksites from './domains/worksites/index.ts'
import assessment from './kernel/assessment/index.ts'
import { rebuildChanged } from './kernel/figures/rebuild.ts'
import { loadKeys } from './kernel/journal/keys.ts'
import type { Ledger, Touched } from './kernel/ledger.ts'
import notices from './kernel/notices/index.ts'
import { orgDirectory } from './kernel/org/directory.ts'
import { followOrgs } from './kernel/org/follow.ts'
import { registryOf } from './kernel/registry.ts'
import returns from './kernel/returns/index.ts'
import { backup } from './store/backup.ts'
import { migrate, pendingMigrations, schemaNumber } from './store/migrate.ts'
import { openStore, type Place, type Store } from './store/store.ts'

// The one place that puts the rooms together. A domain is added by its folder and its line here.

export const domains = [
  projects,
  cutover,
  purchasing,
  reviews,
  contracts,
  funds,
  acceptance,
  intellectual,
  enterprises,
  talent,
  equipment,
  custody,
  inspection,
  maintenance,
  spares,
  network,
  metrology,
  hotline,
  knowledge,
  exchangeBoard,
  information,
  mail,
  training,
  materials,
  outreach,
  envoys,
  trials,
  samples,
  households,
  worksites,
  townships,
  sessions,
  publications,
  awards,
  meetings,
  correspondence,
  schemes,
  notes,
  openness,
  documents,
  leadership,
  assessment,
  returns,
  notices,
]

export const registry = registryOf(domains)

export type OpenLedger = Ledger & { close(): Promise<void> }

export interface OpenOptions {
  readonly connections?: number
  readonly clock?: () => Date
  readonly onTouched?: (touched: readonly Touched[]) => void
  /** Told of long work at start: a backup before an upgrade, tallies computed anew. */
  readonly onProgress?: (done: number, total: number, label: string) => void
  /** Taken before the schema is looked at and let go before the store closes: a service makes sure that it is the only one. */
  readonly lock?: (store: Store) => Promise<{ release(): Promise<void> }>
}

/**
 * Opens the ledger of a data directory or database: upgrades its schema (after a backup, when there is something to
 * lose), and computes anew the tallies of indicators declared otherwise than before.
 */
export async function openLedger(place: Place, options: OpenOptions = {}): Promise<OpenLedger> {
  const store = await openStore(place, { connections: options.connections })
  const closing: (() => Promise<void>)[] = [store.close]
  const close = async () => {
    for (const step of closing) await step()
  }
  try {
    const lock = await options.lock?.(store)
    if (lock) closing.unshift(lock.release)
    await upgradeSchema(store, options)
    const orgs = await orgDirectory(store)
    const ledger: Ledger = {
      store,
      registry,
      orgs,
      keys: await loadKeys(store.dataDir),
      clock: options.clock ?? (() => new Date()),
      onTouched: options.onTouched ?? (() => undefined),
    }
    await rebuildChanged(ledger, (done, total) => options.onProgress?.(done, total, 'tallies'))
    closing.unshift(followOrgs(store, orgs))
    return { ...ledger, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function upgradeSchema(store: Store, { onProgress }: OpenOptions) {
  const pending = await pendingMigrations(store.owner)
  if (pending.length === 0) return
  const present = await schemaNumber(store.owner)
  if (present > 0) await backup(store, join(store.dataDir, `before-${pending[0]!.name}.yilu`), { onProgress })
  await migrate(store.owner)
}
