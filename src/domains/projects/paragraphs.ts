import { paragraph, sentence } from '../../kernel/domain.ts'

export const summary = paragraph`
${sentence('{{ period.words }}', [
  '组织申报科技项目{{ projects.applied }}',
  "其中国家级{{ projects.applied | where: 'level', 'national' }}",
])}${sentence('', [
  '获上级立项{{ projects.won }}',
  "国家级{{ projects.won | where: 'level', 'national' }}",
  "省级{{ projects.won | where: 'level', 'provincial' }}",
  "市(州)级{{ projects.won | where: 'level', 'prefectural' }}",
])}

${sentence('', [
  "争取科技资金{{ projects.funds-won | in: '万元' }}，{{ projects.funds-won | compared }}",
  "项目资金到位{{ projects.funds-received | in: '万元' }}",
])}

${sentence('', ["本级新立项目{{ projects.established }}，项目投资{{ projects.investment | in: '万元' }}"])}${sentence(
  '',
  [
    '通过验收的项目有{{ projects.accepted }}',
    '期末在研项目{{ projects.in-progress }}',
    '逾期尚未验收的有{{ projects.overdue }}',
  ],
)}`

export const byProgramme = paragraph`
{% section %}
申报项目按计划类别列表如下，合计申报项目{{ projects.applied }}。

{% breakdown 'projects.applied', by: 'programme', title: '计划类别' %}
{% endsection %}`

export const plan = sentence('计划', [
  '申报项目{{ projects.applied | next_target }}',
  '争取立项{{ projects.won | next_target }}',
  "争取科技资金{{ projects.funds-won | in: '万元' | next_target }}",
  '新立项目{{ projects.established | next_target }}',
  '组织验收{{ projects.accepted | next_target }}',
])
