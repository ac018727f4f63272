import { Skeleton } from 'antd'
import { type ComponentType, lazy, Suspense } from 'react'
import { useParams } from 'react-router'
import { useDomains } from '../../kit/declared.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { Screen as Missing } from '../../shell/missing.tsx'

/** The screens that domains bring, by `domain/name`: whatever stands in their folders is here, with no line of ours. */
const screens = new Map(
  Object.entries(import.meta.glob<{ Screen: ComponentType }>('../../../../src/domains/*/screens/*.tsx')).map(
    ([path, load]) => {
      const [domain, , name] = path
        .replace(/\.tsx$/, '')
        .split('/')
        .slice(-3)
      const id: string = `${domain}/${name}`
      return [id, lazy(async () => ({ default: (await load()).Screen }))] as const
    },
  ),
)

export function Screen() {
  const { domain = '', name = '' } = useParams()
  const id = `${domain}/${name}`
  const language = useLanguage()
  const domains = useDomains()
  const Own = screens.get(id)
  if (!domains) return <Skeleton active />
  const declared = domains.flatMap(one => one.screens).find(one => one.id === id)
  if (!Own || !declared) return <Missing />
  return (
    <>
      <h1>{said(declared.title, language)}</h1>
      <p className="quiet no-print">{said(declared.help, language)}</p>
      <Suspense fallback={<Skeleton active />}>
        <Own />
      </Suspense>
    </>
  )
}
