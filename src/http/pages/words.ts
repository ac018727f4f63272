import type { Language, Words } from '../../kernel/words.ts'

// Words that several pages say.

export const STATUS: Readonly<Record<string, Words>> = {
  draft: { zh: '草稿', en: 'draft' },
  entered: { zh: '已录入', en: 'entered' },
  returned: { zh: '已退回', en: 'returned' },
  confirmed: { zh: '已审核', en: 'confirmed' },
  void: { zh: '已作废', en: 'void' },
}

export const REPORT_STATUS: Readonly<Record<string, Words>> = {
  draft: { zh: '草稿', en: 'draft' },
  issued: { zh: '已印发', en: 'issued' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
}

const ACTIONS: Readonly<Record<string, Words>> = {
  create: { zh: '录入', en: 'entered' },
  change: { zh: '修改', en: 'changed' },
  submit: { zh: '提交', en: 'submitted' },
  confirm: { zh: '审核', en: 'confirmed' },
  return: { zh: '退回', en: 'returned' },
  void: { zh: '作废', en: 'voided' },
  undo: { zh: '撤销修改', en: 'undone' },
  merge: { zh: '合并', en: 'merged' },
  'merge-into': { zh: '并入', en: 'merged into another' },
  reveal: { zh: '查看个人信息', en: 'personal data revealed' },
  erase: { zh: '删除个人信息', en: 'personal data erased' },
  evidence: { zh: '添加佐证', en: 'evidence added' },
  'evidence-add': { zh: '添加佐证', en: 'evidence added' },
  'sign-in': { zh: '登录', en: 'signed in' },
  'person-create': { zh: '新建人员', en: 'person created' },
  'person-password': { zh: '设置密码', en: 'password set' },
  'person-disable': { zh: '停用人员', en: 'person disabled' },
  'person-enable': { zh: '启用人员', en: 'person enabled' },
  'role-grant': { zh: '授予角色', en: 'role granted' },
  'role-revoke': { zh: '收回角色', en: 'role revoked' },
  'token-create': { zh: '新建令牌', en: 'token made' },
  'token-revoke': { zh: '撤销令牌', en: 'token revoked' },
  'org-create': { zh: '新建单位', en: 'org unit created' },
  'org-rename': { zh: '单位更名', en: 'org unit renamed' },
  'org-move': { zh: '单位划转', en: 'org unit moved' },
  'org-merge': { zh: '单位并入', en: 'org unit merged' },
  'org-split': { zh: '单位拆分', en: 'org unit split' },
  'org-close': { zh: '撤销单位', en: 'org unit closed' },
  'target-set': { zh: '设定目标', en: 'target set' },
  'disclosure-add': { zh: '公开', en: 'shown to the public' },
  'disclosure-remove': { zh: '不再公开', en: 'no longer shown' },
  'report-draft': { zh: '起草总结', en: 'report drafted' },
  'report-edit': { zh: '修改总结', en: 'report edited' },
  'report-issue': { zh: '印发总结', en: 'report issued' },
  'report-withdraw': { zh: '撤回总结', en: 'report withdrawn' },
}

export const actionWords = (action: string, language: Language): string => ACTIONS[action]?.[language] ?? action

const CLOCK = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

/** An instant as the clock in Shanghai shows it: 2024-05-18 16:05. */
export const clockTime = (instant: string): string => CLOCK.format(new Date(instant))

/** Enough of a hash to compare by eye. */
export const shortHash = (hash: string): string => `${hash.slice(0, 10)}…`
