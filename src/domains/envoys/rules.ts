import { type Rule, rule, type Seen } from '../../kernel/records/rule.ts'

const stands = ({ fields }: Seen, day: string) =>
  String(fields.since) <= day && (fields.until === undefined || day < String(fields.until))

const outside = (field: string) => ({
  field,
  code: 'not-in-post',
  zh: '那一天这名特派员不在协议期内',
  en: 'the agreement did not cover that day',
})

const withinAgreement = (type: string, field: string, zh: string, en: string): Rule =>
  rule(`${type}-within-agreement`, {
    zh,
    en,
    type,
    reads: { appointments: { by: 'envoy' } },
    check: ({ day }, { appointments }) => (appointments!.every(one => stands(one, day)) ? [] : [outside(field)]),
  })

export const rules = [
  withinAgreement('envoys.service', 'servedOn', '服务日志要在协议期内', 'Service within the agreement'),
  withinAgreement('envoys.introduction', 'introducedOn', '引进推广要在协议期内', 'Introductions within the agreement'),
  withinAgreement('envoys.project', 'startedOn', '项目开始要在协议期内', 'Projects begin within the agreement'),
  withinAgreement('envoys.body', 'foundedOn', '牵头成立要在协议期内', 'Founded within the agreement'),
  rule('envoys.agreement-covers', {
    zh: '协议期要包含已登记的服务',
    en: 'An agreement covers the service that was logged',
    type: 'envoys.appointment',
    reads: { services: { of: 'envoys.service', via: 'envoy' } },
    check: (now, { services }) => (services!.every(one => stands(now, one.day)) ? [] : [outside('until')]),
  }),
]
