import { wordsOf } from '../../kit/words.ts'

export const useWords = wordsOf('admin', {
  zh: {
    title: '管理',
    orgs: '单位',
    people: '人员',
    targets: '目标',
    journal: '流水',
    check: '核验与备份',
    declared: '台账与指标',
    me: '我的账号',
  },
  en: {
    title: 'Administration',
    orgs: 'Org units',
    people: 'People',
    targets: 'Targets',
    journal: 'Journal',
    check: 'Verification and backup',
    declared: 'What is declared',
    me: 'My account',
  },
})
