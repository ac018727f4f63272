import type { Result } from '../../../kernel/result.ts'
import { type ItemId, makeS10, parseS10, type S10 } from './s10.ts'

// Own: a domestic item bears an S10 identifier of CN, so that one number serves at home and abroad. Which indicator a
// product takes is our table; a bureau with other numbers replaces this module and nothing else.

/** Number of an accountable item (给据邮件). */
export type ItemCode = S10

export const products = {
  ems: { zh: '特快专递', en: 'EMS', service: 'EA' },
  registered: { zh: '挂号信', en: 'Registered letter', service: 'RA' },
  insured: { zh: '保价信函', en: 'Insured letter', service: 'VA' },
  parcel: { zh: '普通包裹', en: 'Parcel', service: 'PA' },
  express: { zh: '快递包裹', en: 'Express parcel', service: 'PB' },
  ecommerce: { zh: '电商小包', en: 'E-commerce parcel', service: 'HA' },
  notice: { zh: '回执、通知', en: 'Advice', service: 'AA' },
} as const

export type Product = keyof typeof products

const BY_SERVICE = new Map<string, Product>()
for (const product of ['ems', 'registered', 'insured', 'parcel', 'express', 'ecommerce', 'notice'] as const)
  BY_SERVICE.set(products[product].service, product)

export interface Item extends ItemId {
  /** The domestic product; undefined for an identifier from abroad or of an international service. */
  readonly product?: Product
}

/** Reads an item number; errors as of `parseS10`. */
export function parseItem(written: string): Result<Item> {
  const id = parseS10(written)
  if (!id.ok) return id
  const product = id.value.country === 'CN' ? BY_SERVICE.get(id.value.service) : undefined
  return { ok: true, value: { ...id.value, product } }
}

/** The number of a domestic item; an error `mail/s10/serial` past the last serial. */
export const makeItem = (product: Product, serial: number): Result<ItemCode> =>
  makeS10(products[product].service, serial, 'CN')
