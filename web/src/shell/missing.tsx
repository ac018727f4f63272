import { Result } from 'antd'
import { Link } from 'react-router'
import { useLanguage } from '../kit/words.ts'

export function Screen() {
  const zh = useLanguage() === 'zh'
  return (
    <Result
      status="404"
      title={zh ? '没有这一页' : 'There is no such page'}
      extra={<Link to="/">{zh ? '回首页' : 'Home'}</Link>}
    />
  )
}
