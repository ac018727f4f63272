import type { Language } from './words.ts'

/** What the journal calls a change, in words. An action without words is shown as it is. */
const ACTIONS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  create: ['录入', 'entered'],
  change: ['修改', 'changed'],
  submit: ['提交', 'submitted'],
  confirm: ['审核', 'confirmed'],
  return: ['退回', 'sent back'],
  void: ['作废', 'voided'],
  undo: ['撤销', 'undone'],
  merge: ['合并', 'merged'],
  reveal: ['查看个人信息', 'revealed'],
  erase: ['删除个人信息', 'erased'],
  'evidence-add': ['加佐证', 'evidence added'],
  'evidence-remove': ['取下佐证', 'evidence removed'],
  'report-draft': ['起草总结', 'report drafted'],
  'report-edit': ['修改总结', 'report edited'],
  'report-issue': ['印发总结', 'report issued'],
  'report-withdraw': ['撤回总结', 'report withdrawn'],
  'disclosure-add': ['公开', 'shown to the public'],
  'disclosure-remove': ['不再公开', 'no longer shown'],
  'target-set': ['定目标', 'target set'],
  'org-create': ['新建单位', 'unit created'],
  'org-rename': ['单位改名', 'unit renamed'],
  'org-move': ['单位划转', 'unit moved'],
  'org-merge': ['单位合并', 'unit merged'],
  'org-split': ['单位拆分', 'unit split'],
  'org-close': ['单位撤销', 'unit closed'],
  'claim-link': ['确认文字含义', 'wording confirmed'],
  'sign-in': ['登录', 'signed in'],
  'person-create': ['新建人员', 'person created'],
  'person-password': ['改密码', 'password set'],
  'person-disable': ['停用人员', 'person disabled'],
  'person-enable': ['启用人员', 'person enabled'],
  'token-create': ['建令牌', 'token made'],
  'token-revoke': ['废止令牌', 'token revoked'],
}

/** What a change was made to, in words. */
const SUBJECTS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  record: ['记录', 'record'],
  evidence: ['佐证', 'evidence'],
  personal: ['个人信息', 'personal data'],
  person: ['人员', 'person'],
  org: ['单位', 'org unit'],
  report: ['总结', 'report'],
  disclosure: ['公开事项', 'disclosure'],
  target: ['目标', 'target'],
  token: ['令牌', 'token'],
  'claim-link': ['文字含义', 'wording'],
}

export const subjectName = (subject: string, language: Language): string =>
  SUBJECTS[subject]?.[language === 'zh' ? 0 : 1] ?? subject

export const ACTION_NAMES: readonly string[] = Object.keys(ACTIONS)

export const actionName = (action: string, language: Language): string =>
  ACTIONS[action]?.[language === 'zh' ? 0 : 1] ?? action
