import { domain, paragraph, sentence } from '../../kernel/domain.ts'
import { certificateFile, signInSheet } from './files.ts'
import { indicators } from './indicators.ts'
import { leads } from './leads.ts'
import { classResult } from './result.ts'
import { rules } from './rules.ts'
import { closeList, signIn } from './sign-in.ts'
import { attendance, certificate, course, enrolment, need, session, trainee } from './types.ts'

// Training: from the need to the course, who signed in, what they took home, who passed.

const summary = paragraph`
${sentence(
  '{{ period.words }}共开办',
  ["实用技术培训班{{ training.courses | classifier: '场(次)' }}", '科技讲座{{ training.lectures }}'],
  '、',
)}{% if training.courses > 0 or training.lectures > 0 %}${sentence('', [
  "参训{% if training.people >= 10000 %}{{ training.people | about }}{% else %}{{ training.people | about: 'hundreds' | more: '余' }}{% endif %}",
  "随课发放技术资料{{ training.materials | about | classifier: '份(册)' }}",
  '妇女占{{ training.women-share }}',
])}{% endif %}${sentence('按签到名单，', ['签到学员{{ training.persons }}、签到人次{{ training.signed-in }}'])}

${sentence('', [
  "参加岗位技术培训的有{{ training.people | where: 'form', 'skills' }}",
  "其中维修骨干{{ training.people | where: 'audience', 'maintainer' | about: 'tens' | more: '余' | classifier: '名' }}",
  "一线操作人员{{ training.people | where: 'audience', 'operator' | about: 'hundreds' | classifier: '名' }}",
  "专业技术人员{{ training.people | where: 'audience', 'technician' | classifier: '名' }}",
])}`

const plan = sentence('计划', [
  '开办实用技术培训班{{ training.courses | next_target }}',
  '培训人员{{ training.people | next_target }}',
  '安排科技讲座{{ training.lectures | next_target }}',
])

const byTopic = paragraph`
{% section %}
各类内容的培训人次如下表。

{% breakdown 'training.people', by: 'topic' %}
{% endsection %}`

export default domain('training', {
  zh: '科技培训',
  en: 'Training',
  types: [need, course, session, trainee, enrolment, attendance, certificate],
  indicators,
  paragraphs: { summary, plan, byTopic },
  rules,
  leads,
  operations: [signIn, closeList, signInSheet, certificateFile, classResult],
  awaiting: [
    {
      id: 'training.needs',
      title: { zh: '还没有安排的培训需求', en: 'Training needs not planned' },
      type: need,
      state: ['asked'],
    },
    {
      id: 'training.classes',
      title: { zh: '将要开班、还没有结业的培训班', en: 'Courses soon to be held and not closed' },
      type: course,
      state: ['planned', 'enrolling'],
      due: { field: 'plannedOn', days: 14 },
    },
  ],
  screens: [
    {
      id: 'training/sign-in',
      title: { zh: '培训签到', en: 'Sign in to training' },
      help: {
        zh: '选正在签到的一场，扫学员的签到码或输入学员号；结束后封存名单，到场人次自动得出',
        en: 'Choose a session, scan the codes of trainees or type their numbers; close the list at the end and it is counted',
      },
      may: 'enter',
    },
  ],
})
