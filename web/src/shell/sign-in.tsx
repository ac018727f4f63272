import { Alert, Button, Input } from 'antd'
import { type FormEvent, useEffect, useState } from 'react'
import { Refused } from '../kit/api.ts'
import { signIn } from '../kit/session.tsx'
import { said, useLanguage, wordsOf } from '../kit/words.ts'
import { LanguageSwitch } from './switches.tsx'

const useWords = wordsOf('sign-in', {
  zh: {
    title: '一录',
    motto: '一次录入，全程共享，数字可证',
    login: '登录名',
    password: '密码',
    enter: '登录',
    failed: '没有登录成功',
  },
  en: {
    title: 'Yilu',
    motto: 'Record once, share throughout, prove every figure',
    login: 'Login',
    password: 'Password',
    enter: 'Sign in',
    failed: 'Signing in did not succeed',
  },
})

export default function SignIn() {
  const say = useWords()
  const language = useLanguage()
  const [entered, setEntered] = useState({ login: '', password: '' })
  const [refused, setRefused] = useState<string>()
  const [waiting, setWaiting] = useState(false)

  const title = say('title')
  useEffect(() => {
    document.title = title
  }, [title])

  async function enter(event: FormEvent) {
    event.preventDefault()
    setWaiting(true)
    setRefused(undefined)
    try {
      await signIn(entered.login, entered.password)
    } catch (error) {
      setRefused(error instanceof Refused ? said(error.problems[0], language) : say('failed'))
    } finally {
      setWaiting(false)
    }
  }

  return (
    <main className="sign-in">
      <form onSubmit={enter}>
        <h1>{say('title')}</h1>
        <p className="quiet">{say('motto')}</p>
        {refused && <Alert type="error" title={refused} role="alert" />}
        <label htmlFor="login">
          {say('login')}
          <Input
            id="login"
            size="large"
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
            required
            value={entered.login}
            onChange={({ target }) => setEntered({ ...entered, login: target.value })}
          />
        </label>
        <label htmlFor="password">
          {say('password')}
          <Input.Password
            id="password"
            size="large"
            autoComplete="current-password"
            required
            value={entered.password}
            onChange={({ target }) => setEntered({ ...entered, password: target.value })}
          />
        </label>
        <Button type="primary" size="large" htmlType="submit" block loading={waiting}>
          {say('enter')}
        </Button>
        <LanguageSwitch />
      </form>
    </main>
  )
}
