import { countOf, formula, stockOf } from '../../kernel/figures/indicator.ts'
import type { RecordType } from '../../kernel/records/type.ts'
import type { sorts } from './topics.ts'

export const indicatorsOf = (instrument: RecordType, verification: RecordType, qualification: RecordType) => {
  const verifications = (sort: keyof typeof sorts, zh: string, en: string, ...synonyms: string[]) =>
    countOf(verification, { zh, en, unit: 'instrument', by: ['kind', 'result'], where: { sort }, synonyms })

  return {
    'metrology.periodic': verifications(
      'periodic',
      '周期检定',
      'Periodic verifications',
      '周检',
      '周检电子秤',
      '电子秤进行周检',
    ),
    'metrology.spot': verifications('spot', '抽检', 'Spot checks', '抽检电子秤'),
    'metrology.initial': verifications(
      'initial',
      '新购检定',
      'Initial verifications',
      '新购置检定',
      '新购置电子秤计量检定',
      '首次检定',
    ),
    'metrology.verified': countOf(verification, {
      zh: '检定计量器具',
      en: 'Verifications',
      unit: 'instrument',
      by: ['sort', 'result'],
    }),
    'metrology.pass-rate': formula('1 - metrology.verified[result=failed] / metrology.verified', {
      zh: '检定合格率',
      en: 'Pass rate',
      unit: 'percent',
    }),
    'metrology.spot-share': formula('metrology.spot / metrology.periodic', {
      zh: '抽检比例',
      en: 'Spot checks per periodic verification',
      unit: 'percent',
    }),
    'metrology.bought': countOf(instrument, {
      zh: '新购计量器具',
      en: 'Instruments bought',
      unit: 'instrument',
      by: ['kind'],
    }),
    'metrology.in-use': stockOf(instrument, {
      zh: '在用计量器具(期末)',
      en: 'Instruments in use',
      unit: 'instrument',
      since: 'inServiceOn',
      until: 'scrappedOn',
      by: ['kind'],
    }),
    'metrology.scrapped': countOf(instrument, {
      zh: '报废计量器具',
      en: 'Instruments scrapped',
      unit: 'instrument',
      day: 'scrappedOn',
    }),
    'metrology.lapsed': stockOf(verification, {
      zh: '检定超期器具(期末)',
      en: 'Instruments whose verification has lapsed',
      unit: 'instrument',
      since: 'validUntil',
      until: 'renewedOn',
      by: ['kind'],
      synonyms: ['超期未检'],
    }),
    'metrology.verifiers': stockOf(qualification, {
      zh: '持证检定员(期末)',
      en: 'Qualified verifiers',
      unit: 'person',
      since: 'issuedOn',
      until: 'validUntil',
    }),
  }
}
