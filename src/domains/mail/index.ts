import { domain } from '../../kernel/domain.ts'
import { eventOperations } from './events/operations.ts'
import { scanIndicators, scans } from './events/source.ts'
import { check, way } from './network/questions.ts'
import { office, plan, route, tariff } from './network/types.ts'
import { charges, settlementIndicators, transits } from './settlement/source.ts'

// The mail network: what branches, runs and offices do to items and bags, entered once; what is counted and owed follows.

export default domain('mail', {
  zh: '邮件网路',
  en: 'Mail network',
  types: [office, route, plan, tariff],
  sources: [scans, transits, charges],
  indicators: { ...scanIndicators, ...settlementIndicators },
  operations: [check, way, ...eventOperations],
})
