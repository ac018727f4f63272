import { Button } from 'antd'
import { chooseScheme, useDark } from '../kit/theme.ts'
import { setLanguage, useLanguage } from '../kit/words.ts'

export function LanguageSwitch() {
  const language = useLanguage()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <Button type="text" lang={other === 'zh' ? 'zh-CN' : 'en'} onClick={() => setLanguage(other)}>
      {other === 'zh' ? '中文' : 'English'}
    </Button>
  )
}

export function SchemeSwitch() {
  const dark = useDark()
  const language = useLanguage()
  const label = language === 'zh' ? (dark ? '浅色' : '深色') : dark ? 'Light' : 'Dark'
  return (
    <Button type="text" onClick={() => chooseScheme(dark ? 'light' : 'dark')}>
      {label}
    </Button>
  )
}
