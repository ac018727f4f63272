import { countOf, formula } from '../../kernel/figures/indicator.ts'
import type { RecordType } from '../../kernel/records/type.ts'

interface Types {
  readonly campaign: RecordType
  readonly site: RecordType
  readonly step: RecordType
  readonly check: RecordType
  readonly incident: RecordType
}

// A rehearsal is a copy: what is rehearsed is not done.
const REAL = { isRehearsal: false } as const
const OUTLETS = { ...REAL, mode: ['merged', 'stand-alone'] } as const

export const indicatorsOf = ({ campaign, site, step, check, incident }: Types) => ({
  'cutover.live': countOf(campaign, {
    zh: '切换上线工程',
    en: 'Campaigns gone live',
    unit: 'project',
    day: 'liveOn',
    by: ['sort'],
    where: { state: ['live', 'done'], rehearsalOf: '' },
    synonyms: ['切换上线'],
  }),
  'cutover.sites': countOf(site, { zh: '应切换网点', en: 'Sites', unit: 'site', by: ['mode'], where: REAL }),
  'cutover.sites-done': countOf(site, {
    zh: '完成切换网点',
    en: 'Sites changed over',
    unit: 'site',
    day: 'doneOn',
    by: ['mode'],
    where: { ...REAL, state: 'done' },
  }),
  'cutover.done-rate': formula('cutover.sites-done / cutover.sites', {
    zh: '网点切换完成率',
    en: 'Share of sites changed over',
    unit: 'percent',
  }),
  'cutover.outlets': countOf(site, {
    zh: '列入改造网点',
    en: 'Outlets to be converted',
    unit: 'site',
    by: ['mode'],
    where: OUTLETS,
  }),
  'cutover.outlets-converted': countOf(site, {
    zh: '改造网点',
    en: 'Outlets converted',
    unit: 'site',
    day: 'doneOn',
    by: ['mode'],
    where: { ...OUTLETS, state: 'done' },
    synonyms: ['网点通信网改造', '网点改造'],
  }),
  'cutover.steps': countOf(step, { zh: '切换步骤', en: 'Steps', unit: 'task', by: ['phase'] }),
  'cutover.checks': countOf(check, { zh: '关口检查', en: 'Gate checks', unit: 'time', by: ['gate', 'result'] }),
  'cutover.incidents': countOf(incident, { zh: '切换事件', en: 'Incidents', unit: 'case', by: ['severity'] }),
})
