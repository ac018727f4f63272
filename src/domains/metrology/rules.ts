import { rule, type Seen } from '../../kernel/records/rule.ts'

const hasPassed = ({ fields }: Seen) => fields.result !== 'failed' && fields.certificate !== undefined

/** In service only from a passed verification with its certificate on. */
const certified = rule('metrology.certified', {
  zh: '有检定证书才能启用',
  en: 'In service only with a certificate',
  type: 'metrology.instrument',
  reads: { verifications: { of: 'metrology.verification', via: 'number', same: 'number' } },
  check: ({ fields: { inServiceOn } }, { verifications = [] }) =>
    typeof inServiceOn !== 'string' || verifications.some(one => hasPassed(one) && one.day <= inServiceOn)
      ? []
      : [
          {
            field: 'inServiceOn',
            code: 'no-certificate',
            zh: '这台器具还没有检定合格证书，不能启用',
            en: 'it has no certificate of a passed verification yet',
          },
        ],
})

/** The other way round: a certificate that put an instrument in service stays. */
const stillCertified = rule('metrology.still-certified', {
  zh: '在用器具的检定证书不能撤掉',
  en: 'An instrument in service keeps its certificate',
  type: 'metrology.verification',
  leaving: true,
  reads: {
    instruments: { of: 'metrology.instrument', via: 'number', same: 'number' },
    others: { of: 'metrology.verification', via: 'number', same: 'number' },
  },
  check(now, { instruments = [], others = [] }, before) {
    const counts = now.status === 'entered' || now.status === 'confirmed'
    const standing = counts ? [now, ...others] : others
    if (!before || before.fields.number !== now.fields.number) return []
    return instruments
      .filter(({ fields: { inServiceOn } }) => typeof inServiceOn === 'string')
      .filter(({ fields }) => !standing.some(one => hasPassed(one) && one.day <= String(fields.inServiceOn)))
      .map(() => ({
        field: 'result',
        code: 'in-service',
        zh: '器具凭这次检定启用，不能改为不合格或作废',
        en: 'the instrument went into service by this verification',
      }))
  },
})

const verified = rule('metrology.verified', {
  zh: '检定员持有效证件，器具已经登记',
  en: 'Verified by someone qualified, of an instrument that is registered',
  type: 'metrology.verification',
  reads: {
    instruments: { of: 'metrology.instrument', via: 'number', same: 'number' },
    qualifications: { of: 'metrology.qualification', via: 'number', same: 'verifier' },
    samplings: { by: 'sampling' },
  },
  check({ day, fields }, { instruments = [], qualifications = [], samplings = [] }) {
    const problems = []
    // A new instrument may be verified before the register has it.
    if (instruments.length === 0 && fields.sort !== 'initial')
      problems.push({
        field: 'number',
        code: 'unknown',
        zh: '没有登记这台器具',
        en: 'no such instrument is registered',
      })
    if (instruments.some(one => one.fields.kind !== fields.kind))
      problems.push({
        field: 'kind',
        code: 'other-kind',
        zh: '与器具登记的类别不同',
        en: 'is not what the instrument is',
      })
    const holds = (one: Seen) =>
      one.day <= day &&
      day <= String(one.fields.validUntil) &&
      (one.fields.kinds as readonly unknown[]).includes(fields.kind)
    if (fields.verifier !== undefined && !qualifications.some(holds))
      problems.push({
        field: 'verifier',
        code: 'unqualified',
        zh: '检定日没有这个项目的有效检定员证',
        en: 'holds no valid qualification for this kind on that day',
      })
    const isDrawn = (one: Seen) =>
      (one.fields.drawn as readonly { number: string }[]).some(({ number }) => number === fields.number)
    if (samplings.some(one => !isDrawn(one)))
      problems.push({
        field: 'sampling',
        code: 'not-drawn',
        zh: '这台器具不在抽样名单上',
        en: 'the instrument was not drawn',
      })
    return problems
  },
})

export const rules = [certified, stillCertified, verified]
