import { parentOf, villagesOf } from '../orgs.ts'
import { addDays, daysIn, GROWING } from './calendar.ts'
import { personName, phoneNumber } from './names.ts'
import { randomOf } from './random.ts'
import { type DemoRecord, filled, type Generator } from './record.ts'

// What officers collected in the villages of two counties: supply and demand, and warnings of what spreads.

/** Product, fen a kilogram, kilograms at most. */
const PRODUCTS = [
  ['荔枝', 900, 20_000],
  ['香蕉', 320, 50_000],
  ['辣椒', 450, 30_000],
  ['苦瓜', 380, 15_000],
  ['金银花', 9000, 3_000],
  ['茶叶', 12_000, 1_000],
  ['生猪', 1650, 12_000],
  ['罗非鱼', 1080, 9_000],
] as const

const WARNINGS = [
  ['prevention', '预防稻飞虱', '田间虫量上升，请检查稻丛基部，达到标准再用药'],
  ['prevention', '预防鸡新城疫', '换季时节，请补打疫苗，外购鸡苗隔离观察'],
  ['control', '治理香蕉枯萎病', '发现病株立即拔除，病穴消毒，不要串灌'],
  ['control', '治理柑橘黄龙病', '统一时间防治木虱，挖除病树'],
] as const

function items(county: string, year: number, today: string): DemoRecord[] {
  const random = randomOf(`board ${county} ${year}`)
  const villages = villagesOf(county)
  return daysIn(random, year, 60, GROWING).map((collectedOn, i): DemoRecord => {
    const village = random.pick(villages)
    const expiresOn = addDays(collectedOn, random.int(20, 90))
    const over = expiresOn < today
    const state = over
      ? random.weighted({ concluded: 6, published: 3, withdrawn: 1 })
      : random.weighted({ published: 8, collected: 2 })
    const about = { collectedOn, village, contact: personName(random), phone: phoneNumber(random), expiresOn }
    const common = { type: 'exchange-board.item', org: parentOf(village), state }
    if (i % 5 === 4) {
      const [kind, title, content] = random.pick(WARNINGS)
      return { ...common, fields: { ...about, kind, title, content } }
    }
    const [product, price, most] = random.pick(PRODUCTS)
    const kind = random.weighted({ supply: 7, demand: 3 })
    const kilograms = random.int(2, 20) * Math.round(most / 20)
    const content =
      kind === 'supply' ? `${product}${kilograms}公斤，可到村看货` : `求购${product}${kilograms}公斤，长期有效到期止`
    return {
      ...common,
      fields: filled({
        ...about,
        kind,
        title: kind === 'supply' ? `供应${product}` : `求购${product}`,
        content,
        product,
        quantity: kilograms * 1000,
        price: kind === 'supply' ? price : undefined,
      }),
    }
  })
}

export const exchangeBoard: Generator = today =>
  (['KJ-A', 'KJ-B'] as const).flatMap(county => [2024, 2025].flatMap(year => items(county, year, today)))
