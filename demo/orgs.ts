import type { NewUnit } from '../src/kernel/org/change.ts'
import { cellsOf, outlineOf } from './areas.ts'
import { PLACES } from './generate/names.ts'
import { randomOf } from './generate/random.ts'

// Two trees, all names invented: a city's science bureau with counties, townships and villages; a postal administration
// with district bureaus, specialised bureaus and branches.

const COUNTIES = [
  { code: 'KJ-A', name: '甲县科技管理中心', nameEn: 'County A S&T Centre', townships: 12 },
  { code: 'KJ-B', name: '乙县科技局', nameEn: 'County B S&T Bureau', townships: 16 },
  { code: 'KJ-C', name: '丙县科技局', nameEn: 'County C S&T Bureau', townships: 9 },
  { code: 'KJ-D', name: '丁县科技局', nameEn: 'County D S&T Bureau', townships: 11 },
] as const

/** South-west corners, in degrees. The city lies nowhere: its place on the globe is open sea. */
export const COUNTY_CORNERS: Readonly<Record<string, { readonly lon: number; readonly lat: number }>> = {
  'KJ-A': { lon: 150, lat: 20.4 },
  'KJ-B': { lon: 150.5, lat: 20.4 },
  'KJ-C': { lon: 150, lat: 20 },
  'KJ-D': { lon: 150.5, lat: 20 },
}

const SPECIALISED = [
  ['YZ-ZX', '中心局', 'Sorting Centre'],
  ['YZ-SD', '速递局', 'Express Bureau'],
  ['YZ-QY', '汽运局', 'Motor Transport Bureau'],
  ['YZ-SH', '商函局', 'Business Mail Bureau'],
  ['YZ-XX', '信息局', 'Information Bureau'],
  ['YZ-TD', '投递局', 'Delivery Bureau'],
  ['YZ-JL', '计量站', 'Metrology Station'],
] as const

export const DISTRICTS = 10
const BRANCHES = 50

const districtAreas = cellsOf('YZ', { lon: 150, lat: 20, width: 0.98, height: 0.76 }, DISTRICTS)

const two = (n: number) => String(n).padStart(2, '0')

function county({ code, name, nameEn, townships }: (typeof COUNTIES)[number]): NewUnit[] {
  const random = randomOf(`orgs ${code}`)
  const places = random.shuffled(PLACES)
  const box = { ...COUNTY_CORNERS[code]!, width: 0.48, height: 0.36 }
  const units: NewUnit[] = [{ code, kind: 'county', name, nameEn, parent: 'KJ', area: outlineOf(code, box, townships) }]
  const areas = cellsOf(code, box, townships)
  for (let t = 1; t <= townships; t++) {
    const township = `${code}-${two(t)}`
    units.push({
      code: township,
      kind: 'township',
      name: `${places[t]}${random.chance(0.7) ? '镇' : '乡'}`,
      parent: code,
      area: areas[t - 1]!,
    })
    const villages = random.shuffled(PLACES)
    for (let v = 1; v <= 5 + ((t * 3) % 5); v++)
      units.push({ code: `${township}-${two(v)}`, kind: 'village', name: `${villages[v]}村`, parent: township })
  }
  return units
}

/** Those of county B that had a part in the national assessment. */
const DEPARTMENTS = [
  '科技局',
  '财政局',
  '统计局',
  '教育局',
  '农业局',
  '发改局',
  '人社局',
  '经信局',
  '林业局',
  '卫生局',
  '环保局',
  '科协',
  '政府办',
] as const

const departments = DEPARTMENTS.map((name, i) => ({
  code: `KJ-B-K${two(i + 1)}`,
  kind: 'department',
  name: `乙县${name}`,
  parent: 'KJ-B',
}))

function district(number: number): NewUnit[] {
  const code = `YZ-Q${two(number)}`
  const places = randomOf(`orgs ${code}`).shuffled(PLACES)
  const name = PLACES[number * 3]!
  return [
    {
      code,
      kind: 'district',
      name: `${name}区邮政局`,
      nameEn: `District Bureau ${number}`,
      parent: 'YZ',
      area: districtAreas[number - 1]!,
    },
    ...Array.from({ length: BRANCHES }, (_, i) => ({
      code: `${code}-${two(i + 1)}`,
      kind: 'branch',
      name: `${name}区${places[i]}支局`,
      parent: code,
    })),
  ]
}

/** All units, parents first. */
export const units: readonly NewUnit[] = [
  { code: 'KJ', kind: 'city', name: '示范市科技局', nameEn: 'Demonstration City S&T Bureau' },
  ...COUNTIES.flatMap(county),
  ...departments,
  { code: 'YZ', kind: 'administration', name: '示范市邮政管理局', nameEn: 'Demonstration City Postal Administration' },
  ...SPECIALISED.map(([code, name, nameEn]) => ({ code, kind: 'specialised', name, nameEn, parent: 'YZ' })),
  ...Array.from({ length: DISTRICTS }, (_, i) => district(i + 1)).flat(),
]

const codesOf = (kind: string, beneath: string) =>
  units.filter(unit => unit.kind === kind && unit.code.startsWith(`${beneath}-`)).map(unit => unit.code)

export const townshipsOf = (county: string) => codesOf('township', county)
export const departmentsOf = (county: string) => codesOf('department', county)
export const villagesOf = (above: string) => codesOf('village', above)
export const branches = codesOf('branch', 'YZ')
export const districts = codesOf('district', 'YZ')
export const specialised = codesOf('specialised', 'YZ')

const names = new Map(units.map(unit => [unit.code, unit.name]))
export const nameOf = (code: string) => names.get(code) ?? code
export const parentOf = (code: string) => code.slice(0, code.lastIndexOf('-'))
