/** Keys, with what they do. Where several screens give one a meaning, the words say where. */
export const KEYS: readonly (readonly [keys: readonly string[], zh: string, en: string])[] = [
  [['/'], '查找；在台账列表里是在本列表中查找', 'Search; in a list of the ledger, within that list'],
  [['n'], '新录入（在台账列表里）', 'New record, in a list of the ledger'],
  [['?'], '本页的帮助', 'Help on this page'],
  [['Tab', 'Shift+Tab'], '到下一处、上一处', 'To the next and the previous place'],
  [['Enter'], '打开、确定', 'Open, confirm'],
  [['Esc'], '收起打开的窗口', 'Close what is open'],
  [['↑', '↓'], '在表格里上下移动', 'Up and down in tables'],
  [['←', '→'], '在总结里越过数字', 'Past a figure, in a report'],
  [['Ctrl+S'], '保存总结或目标', 'Save a report or targets'],
  [['Ctrl+Z'], '撤销一步', 'Undo a step'],
]
