import { rule, type Seen } from '../../kernel/records/rule.ts'

const BEGUN: ReadonlySet<string> = new Set(['won', 'established', 'accepted'])

const isPassed = ({ status, fields }: Seen) =>
  (status === 'entered' || status === 'confirmed') && fields.result === 'passed'

export const rules = [
  rule('acceptance.begun', {
    zh: '已立项的项目才能验收',
    en: 'Approved projects are accepted',
    type: 'acceptance.acceptance',
    reads: { projects: { by: 'project' } },
    check: (now, { projects }) =>
      projects!.flatMap(({ state, fields }) => [
        ...(BEGUN.has(state)
          ? []
          : [{ field: 'project', code: 'not-begun', zh: '项目还没有立项', en: 'The project is not approved' }]),
        ...(fields.requirements === now.fields.requirements
          ? []
          : [
              {
                field: 'requirements',
                code: 'other-list',
                zh: '应是该项目的需求清单',
                en: 'Should be the requirement list of the project',
              },
            ]),
      ]),
  }),
  rule('acceptance.traced', {
    zh: '需求逐项核对后才能通过验收',
    en: 'Passed with every requirement traced',
    type: 'acceptance.acceptance',
    reads: { lists: { by: 'requirements' } },
    check: (now, { lists }) => {
      if (!isPassed(now)) return []
      const traced = new Map(rowsOf(now, 'items').map(({ number, met }) => [number, met]))
      const asked = lists!.flatMap(list => rowsOf(list, 'items'))
      const open = asked.filter(({ number, priority }) =>
        priority === 'must' ? traced.get(number) !== true : !traced.has(number),
      )
      return open.length === 0
        ? []
        : [
            {
              field: 'items',
              code: 'not-traced',
              zh: `需求${open.map(({ number }) => number).join('、')}没有核对或没有满足`,
              en: `Requirements ${open.map(({ number }) => number).join(', ')} are not traced or not met`,
            },
          ]
    },
  }),
  rule('acceptance.accepted', {
    zh: '通过验收的项目才能改为已验收',
    en: 'Accepted after a passed acceptance',
    type: 'projects.project',
    reads: { acceptances: { of: 'acceptance.acceptance', via: 'project' } },
    check: (now, { acceptances }) =>
      now.state !== 'accepted' ||
      acceptances!.some(one => isPassed(one) && one.day <= String(now.fields.acceptedOn ?? one.day))
        ? []
        : [
            {
              field: 'acceptedOn',
              code: 'not-passed',
              zh: '没有通过的验收记录(材料、投票齐全)',
              en: 'There is no passed acceptance with its documents and vote',
            },
          ],
  }),
  rule('acceptance.stays', {
    zh: '已验收项目的验收记录不能撤销',
    en: 'The acceptance of an accepted project stays',
    type: 'acceptance.acceptance',
    leaving: true,
    reads: {
      projects: { by: 'project' },
      others: { of: 'acceptance.acceptance', via: 'project', same: 'project' },
    },
    check: (now, { projects, others }, before) =>
      before !== null &&
      isPassed(before) &&
      !isPassed(now) &&
      !others!.some(isPassed) &&
      projects!.some(({ state }) => state === 'accepted')
        ? [{ field: 'result', code: 'accepted', zh: '项目已据此验收', en: 'The project was accepted on it' }]
        : [],
  }),
  rule('acceptance.archived', {
    zh: '通过验收或终止后归档',
    en: 'Archived when its acceptance passed or it was stopped',
    type: 'acceptance.archive',
    reads: {
      projects: { by: 'project' },
      acceptances: { of: 'acceptance.acceptance', via: 'project', same: 'project' },
    },
    check: (now, { projects, acceptances }) =>
      projects!.every(({ state }) => state === 'stopped') ||
      acceptances!.some(one => isPassed(one) && one.day <= now.day)
        ? []
        : [{ field: 'project', code: 'not-ended', zh: '项目还没有通过验收', en: 'Its acceptance has not passed' }],
  }),
]

interface Item {
  readonly number: number
  readonly met?: boolean
  readonly priority?: string
}

const rowsOf = ({ fields }: Seen, name: string) => (fields[name] ?? []) as readonly Item[]
