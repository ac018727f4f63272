import { paragraph, sentence } from '../../kernel/domain.ts'

export const summary = paragraph`
${sentence('计量站{{ period.words }}', [
  '完成电子秤周期检定{{ metrology.periodic }}',
  '抽检{{ metrology.spot }}，抽检比例{{ metrology.spot-share | digits: 2 }}',
  '对新购器具检定{{ metrology.initial }}',
  '检定合格率{{ metrology.pass-rate }}',
])}${sentence('', ['期末在用计量器具{{ metrology.in-use }}', '超期未检的有{{ metrology.lapsed }}'])}`

export const plan = sentence('计划', [
  '周期检定{{ metrology.periodic | next_target }}',
  '抽检{{ metrology.spot | next_target }}',
])
