import { paragraph, sentence } from '../../kernel/domain.ts'

export const summary = paragraph`
${sentence('', [
  '科技服务热线{{ period.words }}接到群众求助来电{{ hotline.calls }}，得到答复和指导的农民有{{ hotline.people-served | about }}',
])}${sentence('', ['派出科技人员到田间地头{{ hotline.dispatches }}'])}${sentence('', [
  '来电答复率{{ hotline.answer-rate }}',
  '平均响应用时{{ hotline.response-minutes | about }}，承诺兑现率{{ hotline.in-time-rate }}',
])}${sentence('', ['回访{{ hotline.follow-ups }}，满意率{{ hotline.satisfaction-rate }}'])}

${sentence('期末建有', ['科技服务站{{ hotline.stations }}', '配备电脑{{ hotline.computers }}', '服务车{{ hotline.vehicles }}'])}`

export const plan = sentence('计划', [
  '使科技服务站达到{{ hotline.stations | next_target }}',
  '接听来电{{ hotline.calls | next_target }}',
])

export const monthly = paragraph`
{% section %}
{% chart 'hotline.calls', by: 'month' %}
{% endsection %}`
