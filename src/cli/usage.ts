import type { CommanderError } from 'commander'
import { type Refusal, usageError } from './exit.ts'

/** What commander found wrong with the words on the command line, in both languages. */
export function usageRefusal({ code, message }: CommanderError): Refusal {
  const rule = code.replace(/^commander\./, '').replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
  const [given = '', second = ''] = [...message.matchAll(/'([^']*)'/g)].map(match => match[1])
  const hint = /\(Did you mean ([^)?]+)\??\)/.exec(message)?.[1]
  const en = message.replace(/^error: /, '').replace(/\s*\n.*/s, '')
  return usageError(rule, {
    zh: inChinese(rule, given, second, message) + (hint ? `（是否指 ${hint}？）` : ''),
    en: hint ? `${en} (did you mean ${hint}?)` : en,
  })
}

function inChinese(rule: string, given: string, second: string, message: string): string {
  switch (rule) {
    case 'unknown-option':
      return `没有选项 ${given}`
    case 'unknown-command':
      return `没有命令 ${given}`
    case 'missing-argument':
      return `缺少参数 ${given}`
    case 'option-missing-argument':
      return `选项 ${given} 后面缺少值`
    case 'missing-mandatory-option-value':
      return `缺少必需的选项 ${given}`
    case 'invalid-argument':
      return `${given} 不能是“${second}”${allowed(message)}`
    case 'conflicting-option':
      return `选项 ${given} 与 ${second} 不能同时使用`
    case 'excess-arguments':
      return '参数太多'
    default:
      return '用法有误，见 yilu --help'
  }
}

function allowed(message: string): string {
  const choices = /Allowed choices are ([^\n]+?)\.?$/m.exec(message)?.[1]
  return choices ? `，只能是 ${choices.replaceAll(', ', '、')}` : ''
}
