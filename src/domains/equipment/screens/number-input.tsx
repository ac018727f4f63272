import { Button, Input, Space } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useWords } from './words.ts'

const Scanner = lazy(() => import('../../../../web/src/kit/scanner.tsx'))

interface Props {
  readonly action: string
  readonly isBusy: boolean
  /** False while something else has to be said first. */
  readonly isReady?: boolean
  readonly onNumber: (number: string) => Promise<void>
}

/** The number of a device: read from its tag with the camera or a hand scanner, or typed. Stays ready for the next. */
export function NumberInput({ action, isBusy, isReady = true, onNumber }: Props) {
  const say = useWords()
  const [number, setNumber] = useState('')
  const [isScanning, setScanning] = useState(false)
  async function take(said: string) {
    const given = said.trim()
    if (given === '' || isBusy || !isReady) return
    setNumber('')
    await onNumber(given)
  }
  return (
    <>
      <Space.Compact style={{ width: '100%', maxWidth: 520 }}>
        <Input
          size="large"
          aria-label={say('number')}
          placeholder={say('number')}
          value={number}
          onChange={({ target }) => setNumber(target.value)}
          onPressEnter={() => void take(number)}
        />
        <Button size="large" type="primary" loading={isBusy} disabled={!isReady} onClick={() => void take(number)}>
          {action}
        </Button>
        <Button size="large" disabled={!isReady} onClick={() => setScanning(true)}>
          {say('scan')}
        </Button>
      </Space.Compact>
      {isScanning && (
        <Suspense fallback={null}>
          <Scanner
            onCancel={() => setScanning(false)}
            onRead={text => {
              setScanning(false)
              void take(text)
            }}
          />
        </Suspense>
      )}
    </>
  )
}
