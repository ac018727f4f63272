import { lead } from '../../kernel/records/rule.ts'

export const leads = [
  lead('training.plan-class', {
    zh: '安排培训班',
    en: 'Plan a course',
    from: 'training.need',
    to: 'training.class',
    when: ({ state }) => state === 'asked' || state === 'planned',
    fields: ({ id, fields: { topic, audience, people } }) => ({ need: id, topic, audience, capacity: people }),
  }),
  lead('training.enrol', {
    zh: '登记报名',
    en: 'Enrol someone',
    from: 'training.class',
    to: 'training.enrolment',
    when: ({ state }) => state === 'enrolling',
    fields: ({ id }) => ({ class: id }),
  }),
  lead('training.hold', {
    zh: '开始一场(签到)',
    en: 'Hold a session',
    from: 'training.class',
    to: 'training.session',
    when: ({ state }) => state === 'enrolling',
    fields: ({ id, fields: { title, topic, audience, form, place, hours } }) => ({
      class: id,
      title,
      topic,
      audience,
      form,
      place,
      hours,
      list: 'open',
      attended: 0,
    }),
  }),
  lead('training.certify', {
    zh: '发培训证书',
    en: 'Award a certificate',
    from: 'training.enrolment',
    to: 'training.certificate',
    when: ({ fields }) => fields.result === 'passed',
    fields: ({ id }) => ({ enrolment: id }),
  }),
]
