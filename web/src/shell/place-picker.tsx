import { Button, Popover, Skeleton } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { parsePeriod, periodWords } from '../../../src/kernel/period/period.ts'
import { useOrgs } from '../kit/declared.ts'
import { orgName, today } from '../kit/format.ts'
import { usePlace } from '../kit/place.ts'
import { useLanguage, wordsOf } from '../kit/words.ts'

const OrgTree = lazy(() => import('./org-tree.tsx'))

const useWords = wordsOf('place', {
  zh: { org: '单位', period: '期间', chooseOrg: '选择单位', choosePeriod: '选择期间' },
  en: { org: 'Org unit', period: 'Period', chooseOrg: 'Choose the org unit', choosePeriod: 'Choose the period' },
})

/** A period in words: 2024年上半年. */
export function periodText(period: string, language: 'zh' | 'en'): string {
  const parsed = parsePeriod(period)
  return parsed.ok ? periodWords(parsed.value)[language] : period
}

const YEARS_BACK = 6

/** The periods people ask for: this year and those before, by year, half, quarter and month. */
function offered(present: string): string[] {
  const year = Number(today().slice(0, 4))
  const years = Array.from({ length: YEARS_BACK }, (_, i) => String(year - i))
  const inYear = (present.match(/^\d{4}/)?.[0] ?? String(year)) as string
  const parts = [
    '-H1',
    '-H2',
    '-Q1',
    '-Q2',
    '-Q3',
    '-Q4',
    ...Array.from({ length: 12 }, (_, i) => `-${String(i + 1).padStart(2, '0')}`),
  ]
  return [...new Set([present, ...years, ...parts.map(part => inYear + part)])]
}

export function PlacePicker() {
  const say = useWords()
  const language = useLanguage()
  const { org, period, set } = usePlace()
  const orgs = useOrgs()
  const [open, setOpen] = useState(false)
  return (
    <div className="place">
      <Popover
        trigger="click"
        placement="bottomLeft"
        open={open}
        onOpenChange={setOpen}
        content={
          open && (
            <Suspense fallback={<Skeleton active title={false} />}>
              <OrgTree
                orgs={orgs ?? []}
                chosen={org}
                onChoose={code => {
                  setOpen(false)
                  set({ org: code })
                }}
              />
            </Suspense>
          )
        }
      >
        <Button
          className="org"
          aria-label={`${say('chooseOrg')} ${orgName(orgs, org, language)}`}
          title={orgName(orgs, org, language)}
        >
          {orgName(orgs, org, language)}
        </Button>
      </Popover>
      <select
        className="period"
        aria-label={say('choosePeriod')}
        value={period}
        onChange={({ target }) => set({ period: target.value })}
      >
        {offered(period).map(value => (
          <option key={value} value={value}>
            {periodText(value, language)}
          </option>
        ))}
      </select>
    </div>
  )
}
