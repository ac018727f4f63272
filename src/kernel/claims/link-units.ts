import type { Indicator } from '../figures/indicator.ts'
import { baseOf, unitOf } from '../figures/units.ts'
import { list } from './characters.ts'
import type { Claim } from './claim.ts'

// Whether a claim and an indicator speak of the same kind of thing, and how the one is told in the other's base unit.

/** Classifiers that reports use for each other; a thing is never counted in two of these groups. */
const GROUPS: readonly ReadonlySet<string>[] = [
  '人 名 位 人次 个人',
  '次 场 场次 班 期 期次 个 届 批 批次 起 趟 轮 堂 节 回 班次',
  '份 册 本 张 幅 条 件 套 页 万份',
  '项 个 件 条 类',
  '台 套 台套 辆 架 件 个 组 枚 杆 只',
  '辆 部 台',
  '部 片 场 个',
  '个 家 处 所 座 支 站 点',
  '种 个 类 项',
  '篇 条 件 个',
  '个 村 镇 乡',
  '户 家',
  '头 只 株 棵 尾',
].map(line => new Set(list(line)))

/** Classifiers of one thing alone, whatever else stands in a group with them. */
const BOUND: Readonly<Record<string, ReadonlySet<string>>> = {
  // 20种8000余份: sorts and copies of one material are two quantities.
  种: new Set(['种', '类', '个']),
  户: new Set(['户', '家']),
  人次: new Set(['人次', '人']),
  人: new Set(['人', '人次']),
}

/**
 * Multiplies `normalized` to the base unit of the indicator; null when they measure different things. In a cell of a table
 * a number without unit counts what the head of its column says.
 */
export function scaleTo(
  claim: Pick<Claim, 'kind' | 'base'>,
  { unit }: Pick<Indicator, 'unit'>,
  isCell = false,
): number | null {
  const declared = unitOf(unit)
  const base = baseOf(declared)
  switch (declared.measure) {
    case 'money':
      return claim.kind === 'money' && claim.base === '元' ? 100 : null
    case 'ratio':
      return claim.kind === 'percent' && (claim.base === '%' || claim.base === '百分点') ? 0.01 : null
    case 'area':
      return claim.base === 'm²' ? 1 : null
    case 'length':
      return claim.base === 'm' ? 1000 : null
    case 'mass':
      return claim.base === 'g' ? 1 : null
    case 'duration':
      return claim.kind === 'duration' ? durationScale(claim.base, base.id) : null
    case 'score':
      return claim.base === '分' ? 1 : null
    case 'temperature':
      return claim.base === '℃' ? 1 : null
    case 'count':
      if (isCell && claim.base === '') return 1
      if (['day', 'month', 'year'].includes(declared.id)) return claim.base === declared.zh.slice(-1) ? 1 : null
      return claim.kind === 'count' && isCountedAlike(claim.base, declared.zh) ? 1 : null
  }
}

const DURATIONS: Readonly<Record<string, number>> = { 秒: 1, 分钟: 60, 小时: 3600, second: 1, minute: 60, hour: 3600 }

function durationScale(written: string, base: string): number | null {
  const [from, to] = [DURATIONS[written], DURATIONS[base]]
  return from === undefined || to === undefined ? null : from / to
}

function isCountedAlike(written: string, declared: string): boolean {
  if (written === declared) return true
  const bound = BOUND[declared] ?? BOUND[written]
  if (bound) return bound.has(written) && bound.has(declared)
  return GROUPS.some(group => group.has(written) && group.has(declared))
}
