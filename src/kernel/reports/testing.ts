import type { FigureBinding, ReportDocument } from './document.ts'

// Documents for tests of the writers.

export const figureOf = (written: string, more: Partial<FigureBinding> = {}): { figure: FigureBinding } => ({
  figure: {
    address: 'hotline.calls?org=KJ-A&period=2024',
    name: '甲县2024年接听求助电话',
    indicator: 'hotline.calls',
    org: 'KJ-A',
    period: '2024',
    value: 769,
    unit: 'call',
    written,
    ...more,
  },
})

const long = 'equipment.fixed-asset-investment?org=YZ-Q01-01&period=2024&where.kind=franking-machine'

/** What `<`, `&`, quotes, template marks and formulas would break if they were not escaped. */
export const HOSTILE = `<script>alert("1")</script> & '; DROP TABLE report; -- {{ hotline.calls }} =cmd|'/C calc'!A0 [x](y) \u0007`

/** One of everything: a red head, all levels of headings, a table, a list, both charts, a figure without value. */
export const fullDocument: ReportDocument = {
  title: '甲县科技管理中心关于2024年度实用技术培训和科技特派员工作情况的总结报告',
  organ: '甲县科技管理中心',
  date: '2024-12-03',
  period: '2024',
  language: 'zh',
  addressee: '市科学技术局',
  number: '甲科发〔2024〕12号',
  redHead: true,
  copyNumber: '000001',
  secrecy: '秘密★1年',
  urgency: '特急',
  attachments: ['培训名册', '资金使用情况表'],
  copiedTo: '市财政局，市农业农村局',
  printed: { organ: '甲县科技管理中心办公室', date: '2024-12-05' },
  signature: { name: '甲县科技管理中心', date: '2024-12-03' },
  blocks: [
    {
      kind: 'paragraph',
      inlines: [
        { text: `全年“一站式”接听求助电话${HOSTILE}` },
        figureOf('769个'),
        { text: '，改写' },
        figureOf('800个', { detached: true }),
        { text: '，没有的' },
        figureOf('—', { value: null, address: 'hotline.answer-rate?org=KJ-A&period=2024', unit: 'percent' }),
        { text: '，地址很长的' },
        figureOf('27万元', { value: 27_000_000, address: long, unit: 'fen' }),
      ],
    },
    { kind: 'heading', level: 1, inlines: [{ text: '工作完成情况' }] },
    { kind: 'heading', level: 2, inlines: [{ text: '科技服务热线' }] },
    { kind: 'heading', level: 3, inlines: [{ text: '接听' }] },
    { kind: 'heading', level: 4, inlines: [{ text: '答复' }] },
    {
      kind: 'table',
      columns: [
        { title: '类别', align: 'left' },
        { title: '申报（项）', align: 'right' },
      ],
      rows: [
        [
          [{ text: '甲|乙' }],
          [figureOf('12,345', { value: 12_345, address: 'projects.applied?org=KJ-A&period=2024' })],
        ],
        [[{ text: '丙' }], [figureOf('-3', { value: -3, address: 'projects.applied?org=KJ-A&period=2023' })]],
      ],
    },
    { kind: 'list', items: [[{ text: '一等奖' }], [{ text: '二等奖' }]] },
    { kind: 'heading', level: 1, inlines: [{ text: '下一年度安排' }] },
    { kind: 'list', items: [[{ text: '第一件' }]] },
    ...(['bar', 'line'] as const).map(type => ({
      kind: 'chart' as const,
      caption: '争取资金',
      type,
      unit: 'fen',
      drawnIn: 'wan-yuan',
      address: 'projects.funds-won?org=KJ-A&period=2024&by=month',
      points: [1_000_000, null, -2_500_000].map((value, i) => ({
        label: `${i + 1}月`,
        ...figureOf(String(value), {
          value,
          unit: 'fen',
          address: `projects.funds-won?org=KJ-A&period=2024-0${i + 1}`,
        }),
      })),
    })),
  ],
}
