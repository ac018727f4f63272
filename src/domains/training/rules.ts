import { rule } from '../../kernel/records/rule.ts'

export const rules = [
  rule('training.list-counts', {
    zh: '有签到名单的场次，到场人次以名单为准',
    en: 'Where a list was kept, attendance is what the list says',
    type: 'training.session',
    reads: { signed: { of: 'training.attendance', via: 'session' } },
    check: ({ fields: { list, attended } }, { signed }) => {
      if (list === undefined && signed!.length > 0)
        return [{ field: 'list', code: 'list-there', zh: '这一场已有签到名单', en: 'this session has a list' }]
      if (list === 'open' && attended !== 0)
        return [
          {
            field: 'attended',
            code: 'list-open',
            zh: '签到中不填人次，封存名单时自动得出',
            en: 'it is counted when the list closes',
          },
        ]
      return list === 'closed' && attended !== signed!.length
        ? [
            {
              field: 'attended',
              code: 'differs-from-list',
              zh: `签到名单有${signed!.length}人次`,
              en: `the list has ${signed!.length}`,
            },
          ]
        : []
    },
  }),
  rule('training.list-open', {
    zh: '名单封存后不再增减；有培训班的只签本班学员',
    en: 'A closed list stays; at a course only those enrolled sign in',
    type: 'training.attendance',
    leaving: true,
    reads: {
      sessions: { by: 'session' },
      enrolments: { of: 'training.enrolment', via: 'trainee', same: 'trainee' },
    },
    check: ({ status }, { sessions, enrolments }, before) => {
      const session = sessions![0]
      if (session?.fields.list !== 'open')
        return [
          { field: 'session', code: 'closed', zh: '这一场不在签到', en: 'this session is not open for signing in' },
        ]
      if (!['entered', 'confirmed'].includes(status) || before) return []
      const isEnrolled = enrolments!.some(one => one.fields.class === session.fields.class)
      return session.fields.class === undefined || isEnrolled
        ? []
        : [{ field: 'trainee', code: 'not-enrolled', zh: '没有报名这个培训班', en: 'not enrolled in this course' }]
    },
  }),
  rule('training.capacity', {
    zh: '报名不超过名额，只在报名期间',
    en: 'Enrolments within capacity, while the course enrols',
    type: 'training.enrolment',
    reads: {
      classes: { by: 'class' },
      others: { of: 'training.enrolment', via: 'class', same: 'class' },
    },
    check: (_, { classes, others }, before) => {
      const course = classes![0]
      if (before || !course) return []
      if (course.state !== 'enrolling')
        return [{ field: 'class', code: 'not-enrolling', zh: '这个培训班不在报名', en: 'this course is not enrolling' }]
      return others!.length < Number(course.fields.capacity)
        ? []
        : [{ field: 'class', code: 'full', zh: `名额${course.fields.capacity}人已满`, en: 'this course is full' }]
    },
  }),
  rule('training.closed-with-results', {
    zh: '每名学员有了结果才能结业',
    en: 'A course closes when everyone has a result',
    type: 'training.class',
    reads: { enrolments: { of: 'training.enrolment', via: 'class' } },
    check: ({ state }, { enrolments }) => {
      const without = enrolments!.filter(one => one.fields.result === undefined).length
      return state === 'closed' && without > 0
        ? [
            {
              field: 'title',
              code: 'no-result',
              zh: `还有${without}名学员没有结果`,
              en: `${without} have no result yet`,
            },
          ]
        : []
    },
  }),
  rule('training.certified-passed', {
    zh: '合格结业才发证书',
    en: 'A certificate of a course is for who passed it',
    type: 'training.certificate',
    reads: { enrolments: { by: 'enrolment' } },
    check: (_, { enrolments }) =>
      enrolments!.every(one => one.fields.result === 'passed')
        ? []
        : [{ field: 'enrolment', code: 'not-passed', zh: '这名学员没有合格结业', en: 'the course was not passed' }],
  }),
]
