import { wordsOf } from '../../kit/words.ts'

export const useWords = wordsOf('admin-declared', {
  zh: {
    find: '按名称或代号查找',
    none: '没有这样的台账或指标。',
    type: '台账',
    indicator: '指标',
    unit: '单位',
    formula: '口径',
    field: '栏目',
    kind: '种类',
    needed: '必填',
    help: '说明',
    computed: '自动计算',
  },
  en: {
    find: 'Find by title or id',
    none: 'There is no such record type or indicator.',
    type: 'Record type',
    indicator: 'Indicator',
    unit: 'Unit',
    formula: 'Formula',
    field: 'Field',
    kind: 'Kind',
    needed: 'Required',
    help: 'Help',
    computed: 'computed',
  },
})
