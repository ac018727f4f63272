import { App, Button, Select } from 'antd'
import { useState } from 'react'
import type { Claim } from '../../../../src/kernel/claims/claim.ts'
import type { Link } from '../../../../src/kernel/claims/reconcile.ts'
import { api, Refused } from '../../kit/api.ts'
import { useIndicators } from '../../kit/declared.ts'
import { unitOfColumn } from '../../kit/format.ts'
import { usePlace } from '../../kit/place.ts'
import { changed } from '../../kit/query.ts'
import { said, useLanguage } from '../../kit/words.ts'
import { useWords } from './words.ts'

/** Stands for "the ledger has no such indicator" in the list. */
const NONE = ''

/** A person says once what some words mean; it is remembered for the org unit. */
export function ConfirmLink({ claim, link }: { claim: Claim; link: Link }) {
  const say = useWords()
  const language = useLanguage()
  const { message } = App.useApp()
  const { org } = usePlace()
  const indicators = useIndicators()
  const [chosen, setChosen] = useState<string | undefined>(link.indicator ?? undefined)
  const [refused, setRefused] = useState('')
  async function confirm() {
    const indicator = chosen === NONE ? null : chosen
    const where = indicator === link.indicator ? link.where : {}
    try {
      await api('/audit/links', {
        method: 'PUT',
        body: { org, wording: link.words, base: claim.base, indicator, where },
      })
      setRefused('')
      message.success(say('remembered'))
      await changed('/audit')
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefused(said(error.problems[0], language))
    }
  }
  return (
    <div className="confirm-link">
      <p className="quiet">{say('confirmHelp', { words: link.words })}</p>
      <Select
        aria-label={say('indicator')}
        placeholder={say('indicator')}
        showSearch={{ optionFilterProp: 'label' }}
        value={chosen}
        options={[
          { value: NONE, label: say('noIndicator') },
          ...(indicators ?? []).map(one => ({
            value: one.indicator,
            label: `${said(one.title, language)}（${unitOfColumn(one.unit, language)}）`,
          })),
        ]}
        onChange={setChosen}
      />
      <Button disabled={chosen === undefined} onClick={() => void confirm()}>
        {say('confirm')}
      </Button>
      {refused && (
        <p className="wrong" role="alert">
          {refused}
        </p>
      )}
    </div>
  )
}
