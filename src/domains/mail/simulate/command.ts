import { z } from 'zod'
import { command } from '../../../kernel/command.ts'
import { permit } from '../../../kernel/people/actor.ts'
import { addDays, day as parseDay, today } from '../../../kernel/period/day.ts'
import { type Found, simulate } from './run.ts'

const whole = (from: number, to: number, usual: number) => z.coerce.number().int().min(from).max(to).default(usual)

/** `yilu mail simulate --org P --items-per-day 10000 --days 3 --seed 1` */
export const simulateCommand = command(
  'mail.simulate',
  {
    zh: '仿真一个城市的邮件生产，逐日核对应恒成立的各项',
    en: "Simulate a city's mail, and check each day what must hold",
  },
  {
    input: z.strictObject({
      org: z.string(),
      itemsPerDay: whole(1, 5_000_000, 10_000),
      days: whole(1, 366, 3),
      seed: whole(1, 99, 1),
      branches: whole(1, 890, 80),
      routes: whole(1, 200, 20),
      from: z.string().optional(),
    }),
    words: {
      org: { zh: '在哪个单位之下（应是空的）', en: 'beneath which unit; without offices of its own yet' },
      itemsPerDay: { zh: '每天收寄件数', en: 'items accepted a day' },
      days: { zh: '天数', en: 'days' },
      seed: { zh: '随机种子，1—99', en: 'seed, 1 to 99' },
      branches: { zh: '支局数', en: 'branches' },
      routes: { zh: '邮路数', en: 'routes' },
      from: { zh: '第一天，默认使最后一天为昨天', en: 'first day; the last is yesterday when not given' },
    },
    say: ({ items, delivered, inNetwork, events, quarantined, refused, repeatedRequests, took, broken }: Found) => [
      [{ zh: '收寄', en: 'Accepted' }, items.toLocaleString('en-US')],
      [{ zh: '妥投', en: 'Delivered' }, delivered.toLocaleString('en-US')],
      [{ zh: '在途', en: 'In the network' }, inNetwork.toLocaleString('en-US')],
      [{ zh: '事件', en: 'Events' }, events.toLocaleString('en-US')],
      [{ zh: '隔离', en: 'Quarantined' }, String(quarantined)],
      [{ zh: '被拒请求', en: 'Requests refused' }, String(refused)],
      [{ zh: '重复请求', en: 'Requests repeated' }, String(repeatedRequests)],
      [
        { zh: '用时', en: 'Took' },
        `${(took / 1000).toFixed(1)} s, ${Math.round((events * 1000) / Math.max(1, took))}/s`,
      ],
      [{ zh: '结论', en: 'Answer' }, broken.length === 0 ? '✓' : broken.join('\n')],
    ],
    holds: ({ broken }) => broken.length === 0,
  },
  async (ledger, actor, { org, days, from, ...more }, progress) => {
    const unit = ledger.orgs.find(org)
    if (!unit.ok) return unit
    const permitted = permit(actor, 'administer', unit.value)
    if (!permitted.ok) return permitted
    const first =
      from === undefined ? { ok: true as const, value: addDays(today(ledger.clock), -days) } : parseDay(from)
    if (!first.ok) return first
    return simulate(ledger, actor, unit.value, { ...more, days, from: first.value }, progress)
  },
)
