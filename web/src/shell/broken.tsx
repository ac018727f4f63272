import { Button } from 'antd'
import { useRouteError } from 'react-router'
import { Refused } from '../kit/api.ts'
import { said, useLanguage } from '../kit/words.ts'

/** What is shown when a screen could not be shown. Never a stack. */
export function Broken() {
  const error = useRouteError()
  const language = useLanguage()
  const zh = language === 'zh'
  const reason =
    error instanceof Refused ? said(error.problems[0], language) : zh ? '这一页没有打开' : 'This page did not open'
  return (
    <div className="broken" role="alert">
      <h1>{reason}</h1>
      <Button type="primary" onClick={() => location.reload()}>
        {zh ? '重新打开' : 'Open it again'}
      </Button>
    </div>
  )
}
