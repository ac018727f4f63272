import { targetContent } from '../../assessment/targets.ts'
import { type ClaimLink, claimLinkContent } from '../../claims/confirmed.ts'
import { type Disclosure, disclosureContent } from '../../disclosure/disclosure.ts'
import { personHash } from '../../people/people.ts'
import type { ReportDocument } from '../../reports/document.ts'
import { reportHash } from '../../reports/save.ts'
import type { StoredReport } from '../../reports/stored.ts'
import type { Language } from '../../words.ts'
import { canonical, sha256Hex } from '../canonical.ts'
import type { Entry } from '../entry.ts'
import type { Findings, Kind } from './findings.ts'
import { checkOrgs } from './orgs.ts'
import { asWritten, isJustBefore, pages, type Reading } from './reading.ts'

/** What the journal last said of something, when it first did, and how a report was issued. */
interface Last {
  readonly seq: number
  readonly entry: Entry
  readonly first: Entry
  readonly issued?: Entry
}

interface Told {
  readonly reports: Map<string, Last>
  readonly targets: Map<string, Last>
  readonly disclosures: Map<string, Last>
  readonly claimLinks: Map<string, Last>
  readonly people: Map<string, { last?: Pick<Last, 'seq' | 'entry'>; grants: Set<string> }>
  readonly orgs: { seq: number; root: number; entry: Entry }[]
  /** Records of which personal values were erased. */
  readonly erased: Set<string>
}

const OTHERS = `
  SELECT root, seq, subject, entry FROM journal WHERE subject < 'record:' OR subject >= 'record;'
  ORDER BY root, subject, seq`

/**
 * Reports, targets, what is shown to the public, confirmed links, people with their roles, and the org tree, each against what the journal says of it.
 * @returns the ids of records of which personal values were erased
 */
export async function checkStanding(reading: Reading, findings: Findings): Promise<ReadonlySet<string>> {
  const told = await listen(reading, findings)
  await checkReports(reading, findings, told.reports)
  await checkTargets(reading, findings, told.targets)
  await checkDisclosures(reading, findings, told.disclosures)
  await checkClaimLinks(reading, findings, told.claimLinks)
  await checkPeople(reading, findings, told.people)
  await checkOrgs(reading, findings, told.orgs)
  return told.erased
}

async function listen(reading: Reading, findings: Findings): Promise<Told> {
  const told: Told = {
    reports: new Map(),
    targets: new Map(),
    disclosures: new Map(),
    claimLinks: new Map(),
    people: new Map(),
    orgs: [],
    erased: new Set(),
  }
  for await (const page of pages<{ root: number; seq: number; subject: string; entry: string }>(
    reading.client,
    'others',
    OTHERS,
  )) {
    for (const { root, seq, subject, entry: text } of page) {
      const entry = parseEntry(text)
      if (!entry || !isFiled(reading, findings, { root, seq, subject }, entry)) continue
      const at = subject.indexOf(':')
      note(told, subject.slice(0, at), subject.slice(at + 1), { seq, root, entry })
    }
    reading.advance(page.length)
  }
  return told
}

function note(told: Told, kind: string, id: string, { seq, root, entry }: { seq: number; root: number; entry: Entry }) {
  const rows: Partial<Record<string, Map<string, Last>>> = {
    report: told.reports,
    target: told.targets,
    disclosure: told.disclosures,
    'claim-link': told.claimLinks,
  }
  const known = rows[kind]
  if (known) {
    const before = known.get(id)
    const issued = entry.action === 'report-issue' ? entry : before?.issued
    known.set(id, { seq, entry, first: before?.first ?? entry, ...(issued ? { issued } : {}) })
  } else if (kind === 'org') told.orgs.push({ seq, root, entry })
  else if (kind === 'personal' && entry.action === 'erase') told.erased.add(id)
  else if (kind === 'person') {
    const person = told.people.get(id) ?? { grants: new Set<string>() }
    told.people.set(id, entry.after === null ? person : { ...person, last: { seq, entry } })
    noteGrants(person.grants, entry)
  }
}

function noteGrants(grants: Set<string>, { action, org, note }: Entry) {
  const { role, grants: given } = (note ?? {}) as { role?: string; grants?: { org: string; role: string }[] }
  if (action === 'person-create') for (const grant of given ?? []) grants.add(`${grant.role} ${grant.org}`)
  if (action === 'role-grant') grants.add(`${role} ${org}`)
  if (action === 'role-revoke') grants.delete(`${role} ${org}`)
}

/** What was altered is told by its hash; reading it must not stop the rest. */
export function parseEntry(text: string): Entry | undefined {
  try {
    return JSON.parse(text) as Entry
  } catch {
    return undefined
  }
}

/** The columns by which entries are found say the same as the entry. */
export function isFiled(
  { codes }: Reading,
  findings: Findings,
  { root, seq, subject }: { root: number; seq: number; subject: string },
  entry: Pick<Entry, 'subject' | 'root'>,
): boolean {
  if (entry.subject === subject && entry.root === (root === 0 ? '' : codes.get(root))) return true
  findings.add('entry', seq, '流水归在了别的对象或单位树之下', 'This entry is filed under another subject or tree')
  return false
}

interface ReportRow extends Omit<StoredReport, 'org' | 'document' | 'createdAt'> {
  readonly org: number
  readonly document: ReportDocument
  readonly createdAt: string
  readonly issuedBy: string | null
}

const REPORTS = `
  SELECT root, id, org, template, period, title, number, status, version, created_at::text AS "createdAt", issued_at::text AS "issuedAt",
         issued_by AS "issuedBy", content AS document FROM report ORDER BY root, id`

async function checkReports(reading: Reading, findings: Findings, told: Map<string, Last>) {
  const check = checker(findings, told, 'report', { zh: '总结', en: 'report' })
  for await (const page of pages<ReportRow>(reading.client, 'reports', REPORTS, 20))
    for (const row of page) {
      const org = reading.codes.get(row.org) ?? ''
      const { first, issued } = told.get(row.id) ?? {}
      check(row.id, row.version, reportHash({ ...row, org }), ({ root }) => {
        const isIssued = row.issuedAt !== null && issued !== undefined
        return (
          root === reading.codes.get(row.root) &&
          row.title === row.document.title &&
          isJustBefore(row.createdAt, first!.at) &&
          row.issuedBy === (issued?.actor ?? null) &&
          (isIssued ? isJustBefore(row.issuedAt, issued.at) : row.issuedAt === null && !issued)
        )
      })
    }
  check.missing()
}

interface TargetRow {
  readonly root: number
  readonly id: string
  readonly org: number
  readonly indicator: string
  readonly dims: string
  readonly period: string
  readonly value: string
  readonly prorated: boolean
  readonly version: number
}

async function checkTargets(reading: Reading, findings: Findings, told: Map<string, Last>) {
  const check = checker(findings, told, 'target', { zh: '目标', en: 'target' })
  for await (const page of pages<TargetRow>(reading.client, 'targets', 'SELECT * FROM target ORDER BY root, id'))
    for (const { id, version, dims, value, ...row } of page) {
      const where = parseWhere(dims)
      const org = reading.codes.get(row.org) ?? ''
      const hash = sha256Hex(canonical(targetContent({ ...row, org, value: Number(value), where })))
      check(id, version, hash, ({ root }) => root === reading.codes.get(row.root) && canonical(where) === dims)
    }
  check.missing()
}

const parseWhere = (dims: string): Record<string, string> => {
  try {
    return JSON.parse(dims) as Record<string, string>
  } catch {
    return {}
  }
}

interface DisclosureRow extends Omit<Disclosure, 'org'> {
  readonly root: number
  readonly org: number
  readonly createdBy: string | null
}

const DISCLOSURES = `
  SELECT root, id, org, indicator, period, report, created_at::text AS "createdAt", created_by AS "createdBy"
  FROM disclosure ORDER BY root, id`

async function checkDisclosures(reading: Reading, findings: Findings, told: Map<string, Last>) {
  const check = checker(findings, told, 'disclosure', { zh: '公开事项', en: 'disclosure' })
  for await (const page of pages<DisclosureRow>(reading.client, 'disclosures', DISCLOSURES))
    for (const row of page) {
      const hash = sha256Hex(canonical(disclosureContent({ ...row, org: reading.codes.get(row.org) ?? '' })))
      check(
        row.id,
        1,
        hash,
        ({ root, at, actor }) =>
          root === reading.codes.get(row.root) && actor === row.createdBy && asWritten(at) === row.createdAt,
      )
    }
  check.missing()
}

interface ClaimLinkRow extends Omit<ClaimLink, 'org' | 'where'> {
  readonly id: string
  readonly version: number
  readonly root: number
  readonly org: number
  readonly dims: string
}

async function checkClaimLinks(reading: Reading, findings: Findings, told: Map<string, Last>) {
  const check = checker(findings, told, 'claim-link', { zh: '指标对应', en: 'confirmed link' })
  for await (const page of pages<ClaimLinkRow>(
    reading.client,
    'claim_links',
    'SELECT * FROM claim_link ORDER BY root, id',
  ))
    for (const { id, version, dims, ...row } of page) {
      const where = parseWhere(dims)
      const hash = sha256Hex(canonical(claimLinkContent({ ...row, org: reading.codes.get(row.org) ?? '', where })))
      check(id, version, hash, ({ root }) => root === reading.codes.get(row.root) && canonical(where) === dims)
    }
  check.missing()
}

/** Compares rows with what the journal last said of each, and finds those that have gone. */
function checker(findings: Findings, told: Map<string, Last>, kind: Kind, name: { zh: string; en: string }) {
  const met = new Set<string>()
  const check = (id: string, version: number, hash: string, fits: (entry: Entry) => boolean) => {
    met.add(id)
    const last = told.get(id)
    if (!last) findings.add(kind, id, `这份${name.zh}没有流水`, `The journal knows nothing of this ${name.en}`)
    else if (last.entry.after !== hash || last.entry.version !== version || !fits(last.entry))
      findings.add(
        kind,
        id,
        `${name.zh}的内容与流水${last.seq}不符`,
        `This ${name.en} is not what entry ${last.seq} says of it`,
      )
  }
  const missing = () => {
    for (const [id, { seq, entry }] of told)
      if (!met.has(id) && entry.after !== null)
        findings.add(kind, id, `流水${seq}所记的${name.zh}不见了`, `The ${name.en} of entry ${seq} is missing`)
  }
  return Object.assign(check, { missing })
}

interface PersonRow {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly language: Language
  readonly disabled: boolean
  readonly grants: readonly string[]
}

const PEOPLE = `
  SELECT p.id, p.login, p.name, p.language, p.disabled, ARRAY(
    SELECT g.role || ' ' || o.code FROM role_grant g JOIN org_unit o ON o.id = g.org WHERE g.person = p.id) AS grants
  FROM person p ORDER BY p.id`

async function checkPeople({ client }: Reading, findings: Findings, told: Told['people']) {
  const met = new Set<string>()
  for await (const page of pages<PersonRow>(client, 'people', PEOPLE))
    for (const { grants, ...person } of page) {
      met.add(person.id)
      const { last, grants: granted = new Set<string>() } = told.get(person.id) ?? {}
      if (last?.entry.after !== personHash(person))
        findings.add(
          'person',
          person.id,
          '人员资料与流水所记不符',
          'Login, name, language or state of this person are not what the journal says',
        )
      if (grants.length !== granted.size || !grants.every(grant => granted.has(grant)))
        findings.add(
          'person',
          person.id,
          '人员的角色与流水所记不符',
          'The roles of this person are not those in the journal',
        )
    }
  for (const [id, { last }] of told)
    if (!met.has(id) && last) findings.add('person', id, '流水所记的人员不见了', 'A person in the journal is missing')
}
