import type { Role } from '../src/kernel/records/type.ts'

export interface DemoPerson {
  readonly login: string
  readonly name: string
  readonly org: string
  readonly role: Role
}

/** All who may sign in to the demonstration share this password; it opens nothing else. */
export const DEMO_PASSWORD = 'yilu-demo-2024'

const ROLES: readonly (readonly [Role, string])[] = [
  ['clerk', '录入员'],
  ['manager', '审核员'],
  ['analyst', '统计员'],
  ['auditor', '审计员'],
  ['administrator', '管理员'],
]

const BUREAUS = [
  ['kj', 'KJ', '市科技局'],
  ['kja', 'KJ-A', '甲县'],
  ['kjb', 'KJ-B', '乙县'],
  ['kjc', 'KJ-C', '丙县'],
  ['kjd', 'KJ-D', '丁县'],
  ['yz', 'YZ', '邮政管局'],
] as const

/** One person for each role at each bureau: `kja-clerk`, `yz-manager`, … and one branch clerk. */
export const people: readonly DemoPerson[] = [
  ...BUREAUS.flatMap(([prefix, org, name]) =>
    ROLES.map(([role, title]) => ({ login: `${prefix}-${role}`, name: `${name}${title}`, org, role })),
  ),
  { login: 'yz-branch-clerk', name: '支局录入员', org: 'YZ-Q01-01', role: 'clerk' },
  { login: 'kja-township-clerk', name: '乡镇录入员', org: 'KJ-A-01', role: 'clerk' },
]
