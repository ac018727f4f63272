import type { Target } from '../src/kernel/assessment/targets.ts'

/** Plans of 2024 and 2025; what the reports published stands as they published it. */
export const targets: readonly Target[] = [
  // As published for the year after.
  ...planned('KJ-A', '2025', {
    'training.courses': 60,
    'training.people': 6000,
    'training.lectures': 8,
    'outreach.countryside-visits': 20,
    'outreach.fairs': 10,
    'outreach.exhibitions': 10,
  }),
  ...planned('KJ-A', '2025', { 'hotline.stations': 5, 'hotline.calls': 800, 'projects.applied': 6 }),
  ...planned('KJ-A', '2024', {
    'training.courses': 100,
    'training.people': 11000,
    'training.lectures': 6,
    'hotline.calls': 700,
  }),
  ...planned('KJ-B', '2025', {
    'projects.won': 4,
    'projects.funds-won': 35_000_000,
    'envoys.in-post': 22,
    'envoys.varieties': 70,
    'envoys.techniques': 25,
    'training.courses': 60,
    'training.people': 9000,
  }),
  ...planned('KJ-C', '2025', {
    'projects.applied': 12,
    'envoys.in-post': 10,
    'training.courses': 40,
    'training.people': 4000,
  }),
  ...planned('KJ-D', '2025', { 'training.courses': 6, 'training.people': 900, 'outreach.countryside-visits': 8 }),
  ...planned('KJ', '2025', { 'projects.applied': 320, 'projects.won': 60 }),
  ...planned('YZ', '2025', {
    'projects.established': 12,
    'projects.accepted': 14,
    'equipment.fixed-asset-investment': 4_200_000_000,
    'equipment.overhauled': 480,
    'equipment.retrofitted': 90,
    'metrology.periodic': 2700,
    'metrology.spot': 270,
    'training.people': 520,
    'publications.issues': 16,
    'publications.activities': 4,
  }),
]

function planned(org: string, period: string, values: Readonly<Record<string, number>>): Target[] {
  // What there is at the end of a period is not reached bit by bit.
  const stocks = new Set(['hotline.stations', 'envoys.in-post'])
  return Object.entries(values).map(([indicator, value]) => ({
    indicator,
    org,
    period,
    value,
    prorated: !stocks.has(indicator),
  }))
}
