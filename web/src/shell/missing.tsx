import { Link } from 'react-router'
import { useLanguage } from '../kit/words.ts'

export function Screen() {
  const zh = useLanguage() === 'zh'
  return (
    <div className="broken">
      <h1>{zh ? '没有这一页' : 'There is no such page'}</h1>
      <Link to="/">{zh ? '回首页' : 'Home'}</Link>
    </div>
  )
}
