import { BrowserMultiFormatReader, type IScannerControls } from '@zxing/browser'
import { Button, Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { wordsOf } from './words.ts'
import './scanner.css'

const useWords = wordsOf('scanner', {
  zh: {
    scan: '扫码',
    cancel: '取消',
    noCamera: '没有可用的摄像头，或没有允许使用。可以从照片识别。',
    noCode: '照片里没有认出条码',
    fromPicture: '从照片识别',
  },
  en: {
    scan: 'Scan',
    cancel: 'Cancel',
    noCamera: 'There is no camera, or it may not be used. A picture can be read instead.',
    noCode: 'No code was found in the picture',
    fromPicture: 'Read from a picture',
  },
})

interface Props {
  readonly onRead: (text: string) => void
  readonly onCancel: () => void
}

/** Reads a bar code or QR code with the camera, or from a picture where there is none. Fetched when first needed. */
export default function Scanner({ onRead, onCancel }: Props) {
  const say = useWords()
  const video = useRef<HTMLVideoElement>(null)
  const [wrong, setWrong] = useState<'noCamera' | 'noCode'>()
  const read = useRef(onRead)
  read.current = onRead
  useEffect(() => {
    let controls: IScannerControls | undefined
    let isGone = false
    const camera = { video: { facingMode: 'environment' } }
    new BrowserMultiFormatReader()
      .decodeFromConstraints(camera, video.current ?? undefined, found => {
        if (!found || isGone) return
        isGone = true
        read.current(found.getText())
      })
      .then(started => {
        controls = started
        if (isGone) started.stop()
      })
      .catch(() => setWrong('noCamera'))
    return () => {
      isGone = true
      controls?.stop()
    }
  }, [])
  async function fromPicture(file: File | undefined) {
    if (!file) return
    const address = URL.createObjectURL(file)
    try {
      const found = await new BrowserMultiFormatReader().decodeFromImageUrl(address)
      onRead(found.getText())
    } catch {
      setWrong('noCode')
    } finally {
      URL.revokeObjectURL(address)
    }
  }
  return (
    <Modal open title={say('scan')} footer={<Button onClick={onCancel}>{say('cancel')}</Button>} onCancel={onCancel}>
      <video ref={video} className="scanner" playsInline muted />
      {wrong && (
        <p className="wrong" role="alert">
          {say(wrong)}
        </p>
      )}
      <label>
        {say('fromPicture')}{' '}
        <input type="file" accept="image/*" onChange={({ target }) => void fromPicture(target.files?.[0])} />
      </label>
    </Modal>
  )
}
