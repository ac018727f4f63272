import type { FigureRequest } from '../../kernel/figures/figure.ts'
import { type Address, parseAddress } from '../../kernel/reports/address.ts'

// Addresses of pages.

type Values = Readonly<Record<string, string | number | null | undefined>>

export function address(path: string, values: Values = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

export const homePage = (org: string, period?: string) => address('/', { org, period })

/** Where a figure is explained. */
export const figurePage = ({ indicator, org, period, where, scope }: FigureRequest, more: Values = {}): string =>
  address(`/figures/${encodeURIComponent(indicator)}`, {
    org,
    period,
    ...Object.fromEntries(Object.entries(where ?? {}).map(([name, value]) => [`where[${name}]`, value])),
    ...(scope === 'self' ? { scope } : {}),
    ...more,
  })

export const recordPage = (id: string) => `/records/${encodeURIComponent(id)}`
export const listPage = (type: string, values: Values = {}) =>
  address(`/types/${encodeURIComponent(type)}/records`, values)
export const newPage = (type: string, org?: string) => address(`/types/${encodeURIComponent(type)}/new`, { org })
export const importPage = (type: string, org?: string) => address(`/types/${encodeURIComponent(type)}/import`, { org })
export const jobPage = (id: string) => `/jobs/${id}`
export const reportPage = (id: string) => `/reports/${encodeURIComponent(id)}`
export const entryPage = (seq: number) => `/journal/${seq}`

/** Where a number of a report leads: to the explanation of just that figure, or to the record that holds it. */
export function pageOf(text: string): string {
  const named: Address = parseAddress(text)
  if ('record' in named) return recordPage(named.record)
  const { by, row, ...request } = named
  if (by === undefined || row === undefined) return figurePage(request)
  if (by === 'month') return figurePage({ ...request, period: row })
  if (by === 'org') return figurePage({ ...request, org: row })
  return figurePage({ ...request, where: { ...request.where, [by]: row } })
}

/** A path of this site to go to after signing in; the first page for anything else. */
export const ownPath = (text: string | undefined): string =>
  text !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(text) && !text.startsWith('/sign-') ? text : '/'
