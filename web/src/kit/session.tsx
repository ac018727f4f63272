import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import { keepDeclared } from '../offline/register.ts'
import { api, rememberCsrf } from './api.ts'
import { queries, useApi } from './query.ts'
import { setLanguage } from './words.ts'

export type Right = 'read' | 'enter' | 'confirm' | 'report' | 'journal' | 'administer'
export type Role = 'clerk' | 'manager' | 'analyst' | 'auditor' | 'administrator'

export interface Me {
  readonly person: string
  readonly login: string
  readonly name: string
  readonly language: 'zh' | 'en'
  readonly csrf: string | null
  readonly grants: readonly { readonly org: string; readonly name: string; readonly role: Role }[]
}

/** As the kernel has it; the server decides, this only spares people buttons that would be refused. */
const RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  clerk: ['read', 'enter'],
  manager: ['read', 'enter', 'confirm', 'report'],
  analyst: ['read', 'report'],
  auditor: ['read', 'journal'],
  administrator: ['read', 'enter', 'confirm', 'report', 'journal', 'administer'],
}

const Session = createContext<Me | undefined>(undefined)

/** Who is signed in. Only screens within the shell ask: there someone always is. */
export function useMe(): Me {
  const me = useContext(Session)
  if (!me) throw new Error('nobody is signed in here')
  return me
}

/** Whether the signed-in person holds a right anywhere. Where exactly is told by the server. */
export function useMay(right: Right): boolean {
  return useMe().grants.some(({ role }) => RIGHTS[role].includes(right))
}

/** Of each right, whether the signed-in person holds it anywhere. */
export function useMays(): Readonly<Record<Right, boolean>> {
  const rights = new Set(useMe().grants.flatMap(({ role }) => RIGHTS[role]))
  return Object.fromEntries(RIGHTS.administrator.map(right => [right, rights.has(right)])) as Record<Right, boolean>
}

/** What is shown to a signed-in person, and what to anybody else. */
export function SignedIn({ children, otherwise }: { children: ReactNode; otherwise: (waiting: boolean) => ReactNode }) {
  const { data, error } = useApi<{ me: Me | null }>('/session', undefined, { staleTime: 5 * 60_000 })
  const me = data?.me
  useMemo(() => rememberCsrf(me?.csrf ?? null), [me?.csrf])
  const language = me?.language
  useEffect(() => {
    // The person's language holds until they choose another on this device.
    if (language && !localStorage.getItem('yilu.language')) setLanguage(language)
  }, [language])
  if (!me) return otherwise(!data && !error)
  return <Session value={me}>{children}</Session>
}

export async function signIn(login: string, password: string): Promise<void> {
  const session = await api<{ csrf: string }>('/session', { body: { login, password } })
  rememberCsrf(session.csrf)
  await queries.resetQueries()
  void keepDeclared()
}

export async function signOut(): Promise<void> {
  await api('/session', { method: 'DELETE' }).catch(() => undefined)
  rememberCsrf(null)
  queries.clear()
  location.assign('/app/')
}
