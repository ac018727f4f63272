import { auditPages } from './pages/audit.ts'
import { boardPages } from './pages/board.ts'
import { figurePages } from './pages/figure.ts'
import { homePages } from './pages/home.ts'
import { jobPages } from './pages/jobs.ts'
import { journalPages } from './pages/journal.ts'
import { publicPages } from './pages/public.ts'
import { recordPages } from './pages/record.ts'
import { recordEditPages } from './pages/record-edit.ts'
import { recordListPages } from './pages/record-list.ts'
import { reportPages } from './pages/reports.ts'
import { searchPages } from './pages/search.ts'
import { signInPages } from './pages/sign-in.ts'
import { stylePages } from './pages/style.ts'
import type { Route } from './route.ts'

/** Pages that need no script: for whoever has no web application at hand, and for print. */
export const pages: readonly Route[] = [
  ...stylePages,
  ...signInPages,
  ...homePages,
  ...figurePages,
  ...recordListPages,
  ...recordPages,
  ...recordEditPages,
  ...reportPages,
  ...searchPages,
  ...auditPages,
  ...journalPages,
  ...publicPages,
  ...boardPages,
  ...jobPages,
]
