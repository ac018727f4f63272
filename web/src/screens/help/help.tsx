import { Link } from 'react-router'
import { usePlaceQuery } from '../../kit/place.ts'
import { useLanguage } from '../../kit/words.ts'

type Line = readonly [to: string, zh: readonly [string, string], en: readonly [string, string]]

const SCREENS: readonly Line[] = [
  [
    '/',
    ['首页', '本单位本期的数字、上年同期、目标和走势；右边是等着办的事。别人一保存，数字就会变。'],
    [
      'Home',
      'Figures of the period, last year, targets and trends; what waits stands beside them. A figure moves when somebody saves.',
    ],
  ],
  [
    '/ledger',
    ['台账', '事情在哪里发生，就在哪里录入一次。查找可用拼音首字母，筛选以后可以导出。'],
    ['Ledger', 'A fact is entered once, where it happens. Pinyin initials find; what is filtered can be exported.'],
  ],
  [
    '/figures',
    ['数字', '按单位、期间、维度看数字。点开任何一个数字，直到记录和证明。'],
    ['Figures', 'By org unit, period and dimension. Any number opens down to its records and proof.'],
  ],
  [
    '/reports',
    ['总结', '选模板起草，数字自动带上；文字可以改，数字不会走样。印发以后如有变化会提示。'],
    [
      'Reports',
      'Drafted from a template with their figures; text can be changed, figures do not drift. What changes after issue is told.',
    ],
  ],
  [
    '/audit',
    ['核对', '把任何一份总结粘进来，看数字是否互相矛盾、有没有空白。'],
    ['Audit', 'Paste any report: whether its numbers contradict one another, and what was left blank.'],
  ],
]

const KEYS: readonly (readonly [string, string, string])[] = [
  ['/', '查找', 'Search'],
  ['n', '新录入（在台账里）', 'New record, in the ledger'],
  ['?', '帮助', 'Help'],
]

export function Screen() {
  const zh = useLanguage() === 'zh'
  const query = usePlaceQuery()
  return (
    <>
      <h1>{zh ? '帮助' : 'Help'}</h1>
      <dl className="help">
        {SCREENS.map(([to, chinese, english]) => {
          const [title, text] = zh ? chinese : english
          return (
            <div key={to}>
              <dt>
                <Link to={to + query}>{title}</Link>
              </dt>
              <dd>{text}</dd>
            </div>
          )
        })}
      </dl>
      <h2>{zh ? '键盘' : 'Keyboard'}</h2>
      <ul className="plain-list">
        {KEYS.map(([key, chinese, english]) => (
          <li key={key}>
            <kbd>{key}</kbd>
            <span>{zh ? chinese : english}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
