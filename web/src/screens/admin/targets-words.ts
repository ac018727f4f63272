import { wordsOf } from '../../kit/words.ts'

export const useWords = wordsOf('admin-targets', {
  zh: {
    indicator: '指标',
    add: '添加指标',
    save: '保存',
    saveN: '保存{{n}}处修改',
    saved: '已保存{{n}}个目标',
    drop: '放弃修改',
    prorated: '按天折算',
    none: '这个期间还没有目标。在上面选一个指标，再填各单位的目标。',
    help: '单位和期间在页面顶端选择，表里是这个单位和它的直接下级。可以写“27万元”“1.2万人次”；上下箭头换行。“按天折算”：看半年、季度时按天数折算全年目标。',
    notEmpty: '目标定了以后可以改，不能清空',
    notNegative: '目标不能小于零',
  },
  en: {
    indicator: 'Indicator',
    add: 'Add an indicator',
    save: 'Save',
    saveN: 'Save {{n}} changes',
    saved: '{{n}} targets saved',
    drop: 'Drop changes',
    prorated: 'By days',
    none: 'There is no target for this period yet. Choose an indicator above, then fill in the units.',
    help: 'Unit and period are chosen at the top; the grid has the unit and those right beneath it. You may write 27万元 or 1.2万人次; arrows go up and down. “By days”: a part of the period is held against its share of the target.',
    notEmpty: 'A target can be changed, not emptied',
    notNegative: 'A target is not below zero',
  },
})
