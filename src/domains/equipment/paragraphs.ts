import { paragraph, sentence } from '../../kernel/domain.ts'

export const summary = paragraph`
${sentence('{{ period.words }}', [
  '批准设备新增、更新和大修改造项目{{ equipment.projects }}',
  "固定资产投资{{ equipment.fixed-asset-investment | in: '万元' }}",
  "大修改造资金{{ equipment.overhaul-funds | in: '万元' }}，使用率{{ equipment.overhaul-funds-used }}",
])}

${sentence(
  '大修',
  [
    "邮资机{{ equipment.overhauled | where: 'kind', 'franking-machine' }}",
    "打印机{{ equipment.overhauled | where: 'kind', 'printer' }}",
    "发电机{{ equipment.overhauled | where: 'kind', 'generator' }}",
  ],
  '、',
)}${sentence(
  '改造',
  [
    "制签机{{ equipment.retrofitted | where: 'kind', 'label-maker' | classifier: '套' }}",
    "称重终端{{ equipment.retrofitted | where: 'kind', 'weighing-terminal' }}",
  ],
  '、',
)}

${sentence(
  '安装并调测',
  [
    "自动取款机{{ equipment.installed | where: 'kind', 'atm' }}",
    "POS机{{ equipment.installed | where: 'kind', 'pos' }}",
  ],
  '、',
)}`

export const plan = sentence('计划', [
  "安排固定资产投资{{ equipment.fixed-asset-investment | in: '万元' | next_target }}",
  '大修设备{{ equipment.overhauled | next_target }}',
  '改造设备{{ equipment.retrofitted | next_target }}',
])
