import { rule, type Seen } from '../../kernel/records/rule.ts'
import type { Fields } from '../../kernel/records/type.ts'
import { papers } from './topics.ts'

/** Papers that a call asks for and an application does not have. Pure. */
export function missingPapers(asked: unknown, given: unknown): (keyof typeof papers)[] {
  const has = new Set((given ?? []) as readonly string[])
  return ((asked ?? []) as readonly (keyof typeof papers)[]).filter(paper => !has.has(paper))
}

const APPROVED: ReadonlySet<string> = new Set(['won', 'established', 'accepted', 'stopped'])

/** Established by the unit itself, whatever became of it. */
const isEstablished = ({ state, fields }: Seen) => state === 'established' || typeof fields.establishedOn === 'string'

const isSigned = ({ fields }: Seen) => typeof fields.signedOn === 'string'

export const rules = [
  rule('projects.in-call', {
    zh: '按申报通知的类别和期限申报',
    en: 'Applications keep to the call',
    type: 'projects.project',
    reads: { calls: { by: 'call' } },
    check: ({ fields }, { calls }) => calls!.flatMap(({ fields: call }) => againstCall(fields, call)),
  }),
  rule('projects.complete', {
    zh: '材料齐全才能立项',
    en: 'Approved with all papers',
    type: 'projects.project',
    reads: { calls: { by: 'call' } },
    check: ({ state, fields }, { calls }) => {
      const missing = APPROVED.has(state)
        ? calls!.flatMap(call => missingPapers(call.fields.papers, fields.papers))
        : []
      if (missing.length === 0) return []
      const zh = missing.map(paper => papers[paper].zh).join('、')
      const en = missing.map(paper => papers[paper].en).join(', ')
      return [{ field: 'papers', code: 'missing', zh: `材料不全，缺${zh}`, en: `These papers are missing: ${en}` }]
    },
  }),
  rule('projects.required', {
    zh: '需求清单签字后才能立项',
    en: 'Established with a signed requirement list',
    type: 'projects.project',
    reads: { lists: { by: 'requirements' } },
    check: (now, { lists }) =>
      !isEstablished(now) || lists!.some(isSigned)
        ? []
        : [
            {
              field: 'requirements',
              code: 'unsigned',
              zh: '没有业务部门签字的需求清单，不能立项',
              en: 'Cannot be established without a requirement list that the business department has signed',
            },
          ],
  }),
  rule('projects.stays-signed', {
    zh: '已立项项目的需求清单不能撤签',
    en: 'The list of an established project stays signed',
    type: 'projects.requirements',
    leaving: true,
    reads: { projects: { of: 'projects.project', via: 'requirements' } },
    check: (now, { projects }) =>
      (now.status !== 'void' && isSigned(now)) || !projects!.some(isEstablished)
        ? []
        : [
            {
              field: 'signedOn',
              code: 'established',
              zh: '项目已经据此立项，不能撤签或作废',
              en: 'A project was established on it; it can neither be unsigned nor void',
            },
          ],
  }),
]

function againstCall({ programme, appliedOn }: Fields, call: Fields) {
  const other = programme !== call.programme
  const late = String(appliedOn) < String(call.opensOn) || String(appliedOn) > String(call.closesOn)
  return [
    ...(other ? [{ field: 'programme', code: 'other', zh: '与申报通知不一致', en: 'Not the one of the call' }] : []),
    ...(late
      ? [
          {
            field: 'appliedOn',
            code: 'outside-call',
            zh: `不在受理期内(${call.opensOn}至${call.closesOn})`,
            en: `The call is open from ${call.opensOn} to ${call.closesOn}`,
          },
        ]
      : []),
  ]
}
