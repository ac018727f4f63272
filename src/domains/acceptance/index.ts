import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf } from '../../kernel/figures/indicator.ts'
import { choice, choices, count, day, integer, reference, rows, text, yesNo } from '../../kernel/records/fields.ts'
import { lead } from '../../kernel/records/rule.ts'
import { type Fields, recordType } from '../../kernel/records/type.ts'
import { rules } from './rules.ts'
import { documents, findings, keepings, results, visits } from './topics.ts'
import { isCarried } from './vote.ts'

// How projects are looked at on the way, accepted at the end by documents and vote, and put into the archive.

const ofProject = reference('projects.project', { zh: '项目', en: 'Project' })

export const visit = recordType('acceptance.visit', {
  title: { zh: '项目监理检查', en: 'Supervision visit' },
  day: 'visitedOn',
  fields: z.object({
    project: ofProject,
    visitedOn: day({ zh: '检查日期', en: 'Visited on' }),
    kind: choice(visits, { zh: '方式', en: 'Kind' }),
    scheme: text({ zh: '检查方案(文号)', en: 'Scheme', max: 200 }),
    partners: text({ zh: '会同部门', en: 'With which departments', max: 200 }).optional(),
    findings: text({ zh: '检查情况', en: 'Findings', max: 2000 }),
    result: choice(findings, { zh: '结论', en: 'Result' }),
    rectifyBy: day({ zh: '整改期限', en: 'Rectify by', future: true }).optional(),
    rectifiedOn: day({ zh: '整改完成', en: 'Rectified on' }).optional(),
  }),
  key: ['project', 'visitedOn', 'kind'],
  check: ({ result, rectifyBy }) =>
    result === 'rectify' && rectifyBy === undefined
      ? [{ field: 'rectifyBy', code: 'missing', zh: '要求整改的应写明期限', en: 'Say by when to rectify it' }]
      : [],
})

const votes = (zh: string, en: string) => count({ zh, en, max: 99, unit: 'person' })

export const acceptance = recordType('acceptance.acceptance', {
  title: { zh: '项目验收', en: 'Acceptance' },
  day: 'heldOn',
  fields: z.object({
    title: text({ zh: '验收名称', en: 'Title', max: 200 }),
    project: ofProject,
    requirements: reference('projects.requirements', { zh: '需求清单', en: 'Requirement list' }).optional(),
    heldOn: day({ zh: '验收日期', en: 'Held on' }),
    organiser: text({ zh: '组织单位', en: 'Organised by', max: 100 }),
    documents: choices(documents, { zh: '验收材料', en: 'Documents' }),
    items: rows(
      {
        number: integer({ zh: '需求序号', en: 'Requirement', min: 1, max: 999 }),
        met: yesNo({ zh: '满足', en: 'Met' }),
        note: text({ zh: '说明', en: 'Note', max: 300 }).optional(),
      },
      { zh: '需求逐项核对', en: 'Requirements traced' },
    ).optional(),
    inFavour: votes('同意票', 'In favour'),
    against: votes('反对票', 'Against'),
    abstained: votes('弃权票', 'Abstained').default(0),
    result: choice(results, { zh: '结论', en: 'Result' }),
    opinion: text({ zh: '验收意见', en: 'Opinion', max: 2000 }).optional(),
  }),
  key: ['project', 'heldOn'],
  columns: ['title', 'project', 'heldOn', 'organiser', 'inFavour', 'against', 'result'],
  check: passedRightly,
})

/** Passed with every document and the vote of the experts. */
function passedRightly({ result, documents: given, inFavour, against, abstained }: Fields) {
  if (result !== 'passed') return []
  const has = new Set(given as readonly string[])
  const missing = Object.entries(documents).filter(([id]) => !has.has(id))
  const carried = isCarried(Number(inFavour), Number(against), Number(abstained ?? 0))
  return [
    ...(missing.length === 0
      ? []
      : [
          {
            field: 'documents',
            code: 'missing',
            zh: `材料不全，缺${missing.map(([, one]) => one.zh).join('、')}`,
            en: `These documents are missing: ${missing.map(([, one]) => one.en).join(', ')}`,
          },
        ]),
    ...(carried
      ? []
      : [
          {
            field: 'inFavour',
            code: 'not-carried',
            zh: '到会专家不少于3人、同意票达到三分之二才能通过',
            en: 'It takes three experts at least and two thirds of their votes',
          },
        ]),
  ]
}

export const archive = recordType('acceptance.archive', {
  title: { zh: '项目归档', en: 'Archive of projects' },
  day: 'archivedOn',
  fields: z.object({
    number: text({ zh: '档号', en: 'Archive number', max: 60 }),
    project: ofProject,
    archivedOn: day({ zh: '归档日期', en: 'Archived on' }),
    volumes: count({ zh: '卷数', en: 'Volumes', max: 999 }),
    pages: count({ zh: '页数', en: 'Pages', max: 99_999 }).optional(),
    keeping: choice(keepings, { zh: '保管期限', en: 'Kept for' }),
    place: text({ zh: '存放位置', en: 'Place', max: 100 }),
  }),
  key: ['number'],
})

export const indicators = {
  'acceptance.visits': countOf(visit, {
    zh: '项目监理检查',
    en: 'Supervision visits',
    unit: 'time',
    by: ['kind', 'result'],
  }),
  'acceptance.meetings': countOf(acceptance, {
    zh: '组织验收会',
    en: 'Acceptance meetings',
    unit: 'meeting',
    by: ['result'],
  }),
  'acceptance.archived': countOf(archive, {
    zh: '归档项目',
    en: 'Projects archived',
    unit: 'project',
    by: ['keeping'],
  }),
}

const summary = paragraph`
${sentence('', ['项目监理检查{{ acceptance.visits }}', '归档项目{{ acceptance.archived }}'])}`

export default domain('acceptance', {
  zh: '监理验收与归档',
  en: 'Supervision and acceptance',
  types: [visit, acceptance, archive],
  indicators,
  paragraphs: { summary },
  rules,
  leads: [
    lead('acceptance.inspect', {
      zh: '登记监理检查',
      en: 'Record a visit',
      from: 'projects.project',
      to: 'acceptance.visit',
      when: ({ state }) => state === 'won' || state === 'established',
      fields: ({ id }) => ({ project: id }),
    }),
    lead('acceptance.accept', {
      zh: '组织验收',
      en: 'Hold the acceptance',
      from: 'projects.project',
      to: 'acceptance.acceptance',
      when: ({ state }) => state === 'won' || state === 'established',
      fields: ({ id, fields: { title, requirements } }) => ({ project: id, title: `${title}验收`, requirements }),
    }),
    lead('acceptance.archive', {
      zh: '归档',
      en: 'Archive',
      from: 'projects.project',
      to: 'acceptance.archive',
      when: ({ state }) => state === 'accepted' || state === 'stopped',
      fields: ({ id }) => ({ project: id }),
    }),
  ],
  awaiting: [
    {
      id: 'acceptance.rectify',
      title: { zh: '监理整改待完成', en: 'Findings to rectify' },
      type: visit,
      due: { field: 'rectifyBy', days: 14 },
      until: 'rectifiedOn',
    },
  ],
})
