import { paragraph, sentence } from '../../kernel/domain.ts'

export const summary = paragraph`
${sentence('', [
  '推荐申报企业{{ enterprises.recommended }}',
  '完成公示{{ enterprises.publicised }}',
  '新认定{{ enterprises.recognised }}',
  '有效期内的认定企业共{{ enterprises.valid }}',
])}

${sentence('', [
  '企业技改项目有{{ enterprises.upgrades }}',
  "技改总投资{{ enterprises.upgrade-planned | in: '万元' }}",
  "技改到位资金{{ enterprises.upgrade-paid | in: '万元' }}",
])}${sentence('', ['建有创新平台{{ enterprises.centres }}'])}`

export const output = paragraph`
${sentence('', [
  "高新技术产业总产值{{ enterprises.output | in: '亿元' }}",
  "高新技术产业增加值{{ enterprises.added | in: '亿元' }}",
])}`
