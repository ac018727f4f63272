/** What the tour shows, in its order: the element it points to, and title and words in both languages. */
export const STEPS: readonly {
  readonly target: string
  readonly zh: readonly [title: string, text: string]
  readonly en: readonly [title: string, text: string]
}[] = [
  {
    target: '.top .place',
    zh: ['先选单位和期间', '这里选看哪个单位、哪段时间。所有页面都跟着变，地址可以发给别人。'],
    en: ['Choose unit and period', 'Every screen follows what is chosen here, and the address can be passed on.'],
  },
  {
    target: 'main table.figures',
    zh: ['每个数字都能点开', '点任何一个数字，看它怎么算、由哪些单位和记录组成，直到一份能自己核验的证明。'],
    en: [
      'Every number opens',
      'To how it is computed, the units and records beneath it, and a proof you can check yourself.',
    ],
  },
  {
    target: '.rooms a[href*="/ledger"]',
    zh: ['一件事只录一次', '到“台账”里录入，或从表格导入。保存的那一刻，所有数字就都对了。没有网络也能录。'],
    en: ['A fact is entered once', 'In the ledger, or from a spreadsheet. Figures are right the moment it is saved.'],
  },
  {
    target: '.rooms a[href*="/reports"]',
    zh: ['总结自己带数字', '选个模板就起草；文字随便改，数字不走样。别处来的总结，到“核对”里看对不对。'],
    en: [
      'Reports bring their figures',
      'Draft from a template, change the text, figures do not drift. Check any other report under “Audit”.',
    ],
  },
  {
    target: 'details.me',
    zh: ['随时按 ? 看帮助', '每一页都有自己的帮助。语言、深浅色、密码都在您的名字下面。'],
    en: ['Press ? for help', 'Every screen has its own. Language, colours and password are under your name.'],
  },
]
