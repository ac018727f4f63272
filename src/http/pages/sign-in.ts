import { z } from 'zod'
import { ok } from '../../kernel/result.ts'
import { type Call, page, redirect } from '../route.ts'
import { enter, leave } from '../routes/session.ts'
import { ownPath } from './addresses.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'
import { readerOf } from './reader.ts'

function form(call: Call, next: string, entered?: { login: string; problem: string }) {
  const reader = readerOf(call)
  const zh = reader.language === 'zh'
  return layout(
    reader,
    zh ? '登录' : 'Sign in',
    html`<form class="sign-in" method="post" action="/sign-in">
<h1>${zh ? '登录' : 'Sign in'}</h1>
${entered ? html`<p class="problem" role="alert">${entered.problem}</p>` : null}
<input type="hidden" name="next" value="${next}">
<label>${zh ? '登录名' : 'Login'}<input name="login" value="${entered?.login}" autocomplete="username" autocapitalize="none" maxlength="64" required autofocus></label>
<label>${zh ? '密码' : 'Password'}<input name="password" type="password" autocomplete="current-password" maxlength="200" required></label>
<button>${zh ? '登录' : 'Sign in'}</button>
</form>`,
  )
}

export const signInPages = [
  page(
    {
      method: 'GET',
      path: '/sign-in',
      title: { zh: '登录', en: 'Sign in' },
      may: 'anyone',
      query: z.object({ next: z.string().max(2000).optional() }),
    },
    call => {
      const next = ownPath(call.query.next)
      return ok(call.caller ? redirect(next) : form(call, next))
    },
  ),
  page(
    {
      method: 'POST',
      path: '/sign-in',
      title: { zh: '登录', en: 'Sign in' },
      may: 'anyone',
      body: z.object({
        login: z.string().max(200),
        password: z.string().max(1000),
        next: z.string().max(2000).optional(),
      }),
    },
    async call => {
      const { login, password, next } = call.body
      const signedIn = await enter(call, { login, password })
      if (signedIn.ok) return ok(redirect(ownPath(next)))
      const [problem] = signedIn.problems
      call.reply.code(problem?.code === 'sign-in/too-often' ? 429 : 401)
      if (typeof problem?.retryAfter === 'number') call.reply.header('retry-after', problem.retryAfter)
      return ok(form(call, ownPath(next), { login, problem: problem?.[call.language] ?? '' }))
    },
  ),
  page({ method: 'POST', path: '/sign-out', title: { zh: '退出', en: 'Sign out' }, may: 'signed-in' }, async call => {
    await leave(call)
    return ok(redirect('/sign-in'))
  }),
]
