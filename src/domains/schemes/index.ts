import { z } from 'zod'
import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { countOf, stockOf } from '../../kernel/figures/indicator.ts'
import { choice, day, integer, reference, text } from '../../kernel/records/fields.ts'
import { lead, rule } from '../../kernel/records/rule.ts'
import { recordType } from '../../kernel/records/type.ts'

// Rules, measures and schemes of a body: each version from draft to approval, and which of them is in force.

export const kinds = {
  rule: { zh: '制度', en: 'Rule' },
  measure: { zh: '办法', en: 'Measure' },
  scheme: { zh: '方案', en: 'Scheme' },
  plan: { zh: '规划', en: 'Plan' },
} as const

export const states = {
  draft: { zh: '起草', en: 'Draft' },
  submitted: { zh: '上报待批', en: 'Submitted' },
  approved: { zh: '已批准', en: 'Approved' },
  refused: { zh: '未批准', en: 'Refused' },
  ended: { zh: '已废止', en: 'Ended' },
} as const

export const scheme = recordType('schemes.scheme', {
  title: { zh: '制度办法', en: 'Rule or scheme' },
  day: 'draftedOn',
  fields: z.object({
    title: text({ zh: '名称', en: 'Title', max: 200, linked: true }),
    version: integer({ zh: '版本', en: 'Version', min: 1, max: 99 }),
    kind: choice(kinds, { zh: '类别', en: 'Kind' }),
    draftedOn: day({ zh: '起草日期', en: 'Drafted on' }),
    submittedOn: day({ zh: '上报日期', en: 'Submitted on' }).optional(),
    approvedOn: day({ zh: '批准日期', en: 'Approved on' }).optional(),
    approver: text({ zh: '批准机关', en: 'Approved by', max: 100 }).optional(),
    symbol: text({ zh: '文号', en: 'Document', max: 60 }).optional(),
    replaces: reference('schemes.scheme', { zh: '替代', en: 'Replaces' }).optional(),
    endedOn: day({ zh: '废止日期', en: 'Ended on' }).optional(),
    outline: text({ zh: '主要内容', en: 'Outline' }),
  }),
  key: ['org', 'title', 'version'],
  states: {
    draft: ['submitted', 'approved'],
    submitted: ['approved', 'refused'],
    approved: ['ended'],
    refused: ['draft'],
    ended: [],
  },
  stateTitles: states,
  stateRoles: { approved: 'manager', ended: 'manager' },
  columns: ['title', 'version', 'kind', 'draftedOn', 'submittedOn', 'approvedOn', 'symbol', 'endedOn'],
})

export const indicators = {
  'schemes.drafted': countOf(scheme, { zh: '起草制度办法', en: 'Schemes drafted', unit: 'count', by: ['kind'] }),
  'schemes.approved': countOf(scheme, {
    zh: '获批制度办法',
    en: 'Schemes approved',
    unit: 'count',
    day: 'approvedOn',
    by: ['kind'],
  }),
  'schemes.in-force': stockOf(scheme, {
    zh: '现行制度办法(期末)',
    en: 'Schemes in force',
    unit: 'count',
    since: 'approvedOn',
    until: 'endedOn',
    by: ['kind'],
  }),
}

const summary = paragraph`
${sentence('', ['起草制度办法{{ schemes.drafted }}', '获批制度办法{{ schemes.approved }}'])}`

export default domain('schemes', {
  zh: '制度办法',
  en: 'Rules and schemes',
  types: [scheme],
  indicators,
  paragraphs: { summary },
  rules: [
    rule('schemes.one-in-force', {
      zh: '同一制度只有一个现行版本',
      en: 'One version is in force',
      type: 'schemes.scheme',
      reads: { versions: { of: 'schemes.scheme', via: 'title', same: 'title' } },
      check: ({ org, state, fields }, { versions }) => [
        ...(state === 'approved' && versions!.some(one => one.org === org && one.state === 'approved')
          ? [{ field: 'title', code: 'in-force', zh: '先废止现行版本', en: 'End the version in force first' }]
          : []),
        ...(state === 'approved' && fields.approvedOn === undefined
          ? [{ field: 'approvedOn', code: 'missing', zh: '请填写批准日期', en: 'Say when it was approved' }]
          : []),
        ...(state === 'ended' && fields.endedOn === undefined
          ? [{ field: 'endedOn', code: 'missing', zh: '请填写废止日期', en: 'Say when it ended' }]
          : []),
      ],
    }),
  ],
  leads: [
    lead('schemes.revise', {
      zh: '修订为新版本',
      en: 'Revise it',
      from: 'schemes.scheme',
      to: 'schemes.scheme',
      when: ({ state }) => state === 'approved' || state === 'ended',
      fields: ({ id, fields: { title, version, kind, outline } }) => ({
        replaces: id,
        title,
        version: Number(version) + 1,
        kind,
        outline,
      }),
    }),
  ],
  awaiting: [
    {
      id: 'schemes.submitted',
      title: { zh: '上报待批的制度办法', en: 'Schemes submitted' },
      type: scheme,
      state: ['submitted'],
    },
  ],
})
