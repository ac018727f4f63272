import type { ReportDocument } from '../../../../src/kernel/reports/document.ts'

export interface ReportHead {
  readonly id: string
  readonly org: string
  readonly template: string
  readonly period: string
  readonly title: string
  readonly number: string | null
  readonly status: 'draft' | 'issued' | 'withdrawn'
  readonly version: number
  readonly createdAt: string
  readonly issuedAt: string | null
}

export interface Report extends ReportHead {
  readonly document: ReportDocument
}

export interface OvertakenFigure {
  readonly address: string
  readonly name: string
  readonly written: string
  readonly writtenNow: string
}
