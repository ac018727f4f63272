import { clerk, registry, testWorld, type World } from '../../../test/world.ts'
import type { Ledger } from '../ledger.ts'
import { createUnits } from '../org/change.ts'
import type { Actor, Role } from '../people/actor.ts'
import { create } from '../records/records.ts'
import { registryOf } from '../registry.ts'
import { must } from '../result.ts'
import type { FigureBinding, ReportDocument } from './document.ts'

// Documents for tests of the writers, and a small ledger for tests of templates.

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

/** A county with two townships and a registry whose templates and paragraphs a test gives. */
export async function reportWorld(declared: {
  templates?: Readonly<Record<string, string>>
  paragraphs?: Readonly<Record<string, string>>
}): Promise<World> {
  const [world] = registry.domains
  const withTemplates = registryOf([
    {
      ...world!,
      paragraphs: declared.paragraphs ?? {},
      templates: Object.entries(declared.templates ?? {}).map(([id, template]) => ({
        id,
        title: { zh: '工作总结', en: 'Summary' },
        template,
      })),
    },
  ])
  const ledger = await testWorld({ registry: withTemplates })
  must(
    await createUnits(ledger, clerk, [
      { code: 'C', kind: 'county', name: '示范县', nameEn: 'Demonstration County' },
      { code: 'T1', kind: 'township', name: '东镇', parent: 'C' },
      { code: 'T2', kind: 'township', name: '西镇', parent: 'C' },
    ]),
  )
  return ledger
}

/** A visit of 2024 or another year; 10 people on rice unless told otherwise. */
export const visitAt = async (ledger: Ledger, org: string, fields: Record<string, unknown> = {}): Promise<string> =>
  must(
    await create(ledger, clerk, 'world.visit', {
      org,
      fields: { on: '2024-05-18', place: '村委会', topic: 'rice', people: 10, ...fields },
    }),
  ).id

/** Someone with one role at one unit. */
export function actorAt(ledger: Ledger, role: Role, org: string): Actor {
  const unit = ledger.orgs.byCode(org)!
  return { person: null, name: role, from: 'test', grants: [{ org: unit.id, path: unit.path, role }] }
}
