import type { Ledger } from '../kernel/ledger.ts'
import type { Registry } from '../kernel/registry.ts'
import { openApi } from './openapi.ts'
import { pages } from './pages.ts'
import type { Route } from './route.ts'
import { auditRoutes } from './routes/audit.ts'
import { awaitingRoutes } from './routes/awaiting.ts'
import { declaredRoutes } from './routes/declared.ts'
import { evidenceRoutes } from './routes/evidence.ts'
import { exchangeRoutes } from './routes/exchange.ts'
import { figureRoutes } from './routes/figures.ts'
import { jobRoutes } from './routes/jobs.ts'
import { journalRoutes } from './routes/journal.ts'
import { noticeRoutes } from './routes/notices.ts'
import { operationRoutes } from './routes/operations.ts'
import { orgRoutes } from './routes/orgs.ts'
import { peopleRoutes } from './routes/people.ts'
import { publicRoutes } from './routes/public.ts'
import { readingRoutes } from './routes/reading.ts'
import { oneRecordRoutes } from './routes/record.ts'
import { recordRoutes } from './routes/records.ts'
import { reportRoutes } from './routes/reports.ts'
import { sessionRoutes } from './routes/session.ts'
import { sheetRoutes } from './routes/sheets.ts'
import { systemRoutes } from './routes/system.ts'
import { targetRoutes } from './routes/targets.ts'

const kernelRoutes: readonly Route[] = [
  ...sessionRoutes,
  ...peopleRoutes,
  ...orgRoutes,
  ...declaredRoutes,
  ...awaitingRoutes,
  ...noticeRoutes,
  ...recordRoutes,
  ...oneRecordRoutes,
  ...evidenceRoutes,
  ...exchangeRoutes,
  ...figureRoutes,
  ...targetRoutes,
  ...reportRoutes,
  ...publicRoutes,
  ...sheetRoutes,
  ...journalRoutes,
  ...readingRoutes,
  ...auditRoutes,
  ...jobRoutes,
  ...systemRoutes,
]

/** Everything that can be asked of the API, each with who may. */
export const apiRoutes = (registry: Registry): readonly Route[] => [...kernelRoutes, ...operationRoutes(registry)]

export function allRoutes({ registry }: Pick<Ledger, 'registry'>): readonly Route[] {
  const api = apiRoutes(registry)
  return [...api, openApi(api, registry), ...pages]
}
