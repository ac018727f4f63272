import { rule, type Seen } from '../../kernel/records/rule.ts'
import { rounds } from './topics.ts'

const LEVELS = Object.keys(rounds)
const levelOf = ({ fields }: Seen) => LEVELS.indexOf(String(fields.level))

export const rules = [
  rule('townships.round-with-checklist', {
    zh: '验收清单全部达标才能通过',
    en: 'A round is passed only with its checklist',
    type: 'townships.round',
    reads: {},
    check: ({ fields }) => {
      if (fields.verdict !== 'passed') return []
      const checklist = (fields.checklist ?? []) as readonly { item: string; met: boolean }[]
      if (checklist.length === 0)
        return [
          { field: 'checklist', code: 'missing', zh: '通过要附验收清单', en: 'what is passed needs its checklist' },
        ]
      const unmet = checklist.find(({ met }) => !met)
      return unmet
        ? [{ field: 'checklist', code: 'unmet', zh: `“${unmet.item}”没有达标`, en: `${unmet.item} is not met` }]
        : []
    },
  }),
  rule('townships.round-chain', {
    zh: '逐级验收，前一级通过后才到下一级',
    en: 'Rounds follow one another, each after the one before is passed',
    type: 'townships.round',
    leaving: true,
    reads: { others: { of: 'townships.round', via: 'candidacy', same: 'candidacy' } },
    check: (now, { others }) => {
      const counts = ['entered', 'confirmed'].includes(now.status)
      const chain = [...others!, ...(counts ? [now] : [])].sort((a, b) => levelOf(a) - levelOf(b))
      for (const [i, round] of chain.entries()) {
        const before = chain[i - 1]
        if (levelOf(round) === i && (!before || (before.fields.verdict === 'passed' && before.day <= round.day)))
          continue
        const level = rounds[LEVELS[i] as keyof typeof rounds]
        return before && levelOf(round) === i
          ? [
              {
                field: 'heldOn',
                code: 'order',
                zh: '前一级没有在这之前通过',
                en: 'the round before was not passed by then',
              },
            ]
          : [{ field: 'level', code: 'gap', zh: `缺“${level.zh}”`, en: `the round ${level.en} is missing` }]
      }
      return []
    },
  }),
  rule('townships.checked-with-evidence', {
    zh: '核定百分考核要有佐证',
    en: 'Points are checked against evidence',
    type: 'townships.assessment',
    reads: { posts: { by: 'post' } },
    check: ({ state, evidence }, { posts }) => {
      if (posts!.some(({ fields }) => fields.post !== 'village-deputy'))
        return [
          { field: 'post', code: 'not-a-deputy', zh: '只考核科技副村长', en: 'only village deputies are assessed' },
        ]
      return state === 'checked' && evidence === 0
        ? [{ field: 'items', code: 'no-evidence', zh: '请先附上佐证', en: 'attach the evidence first' }]
        : []
    },
  }),
]
