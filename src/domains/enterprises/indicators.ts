import { countOf, formula, stockOf, sumOf } from '../../kernel/figures/indicator.ts'
import type { RecordType } from '../../kernel/records/type.ts'

export const indicatorsOf = (recognition: RecordType, output: RecordType, upgrade: RecordType, centre: RecordType) => ({
  'enterprises.recommended': countOf(recognition, {
    zh: '推荐申报企业',
    en: 'Enterprises recommended',
    unit: 'enterprise',
    by: ['kind'],
    synonyms: ['推荐申报高新技术企业'],
  }),
  'enterprises.publicised': countOf(recognition, {
    zh: '公示企业',
    en: 'Enterprises publicised',
    unit: 'enterprise',
    day: 'publicisedOn',
    by: ['kind'],
    synonyms: ['通过公示'],
  }),
  'enterprises.recognised': countOf(recognition, {
    zh: '认定企业',
    en: 'Enterprises recognised',
    unit: 'enterprise',
    day: 'recognisedOn',
    by: ['kind'],
  }),
  'enterprises.valid': stockOf(recognition, {
    zh: '有效期内认定企业(期末)',
    en: 'Recognised enterprises',
    unit: 'enterprise',
    since: 'recognisedOn',
    until: 'validUntil',
    by: ['kind'],
  }),
  'enterprises.output': sumOf(output, 'output', {
    zh: '高新技术产业总产值',
    en: 'High-tech gross output',
    unit: 'fen',
    by: ['industry'],
    synonyms: ['高新技术产业工业总产值'],
  }),
  'enterprises.added': sumOf(output, 'added', {
    zh: '高新技术产业增加值',
    en: 'High-tech value added',
    unit: 'fen',
    by: ['industry'],
  }),
  'enterprises.added-growth': formula('yoy(enterprises.added)', {
    zh: '高新技术产业增加值增速',
    en: 'Growth of high-tech value added',
    unit: 'percent',
  }),
  'enterprises.upgrades': countOf(upgrade, { zh: '企业技改项目', en: 'Upgrades', unit: 'project' }),
  'enterprises.upgrade-planned': sumOf(upgrade, 'planned', { zh: '技改总投资', en: 'Upgrades planned', unit: 'fen' }),
  'enterprises.upgrade-invested': sumOf(upgrade, 'thisYear', {
    zh: '技改本年投资',
    en: 'Upgrades invested',
    unit: 'fen',
  }),
  'enterprises.upgrade-paid': sumOf(upgrade, 'paid', { zh: '技改到位资金', en: 'Upgrades paid in', unit: 'fen' }),
  'enterprises.centres': stockOf(centre, {
    zh: '创新平台(期末)',
    en: 'Innovation centres and alliances',
    unit: 'count',
    since: 'establishedOn',
    until: 'closedOn',
    by: ['kind', 'level'],
  }),
})
