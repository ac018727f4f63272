import { Button } from 'antd'
import { type PointerEvent, useRef, useState } from 'react'
import { useVisitWords } from './visit-words.ts'

interface Props {
  readonly label: string
  /** The picture of what was signed; undefined when it is wiped away. */
  readonly onSigned: (picture: Blob | undefined) => void
}

const [WIDTH, HEIGHT] = [640, 240]

/** A field to sign in with finger, pen or mouse. */
export function Signature({ label, onSigned }: Props) {
  const say = useVisitWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isSigned, setSigned] = useState(false)

  function place({ currentTarget, clientX, clientY }: PointerEvent<HTMLCanvasElement>): [number, number] {
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    return [((clientX - left) * WIDTH) / width, ((clientY - top) * HEIGHT) / height]
  }
  function begin(event: PointerEvent<HTMLCanvasElement>) {
    event.currentTarget.setPointerCapture(event.pointerId)
    const pen = event.currentTarget.getContext('2d')!
    if (!isSigned) {
      // White beneath, or a picture without colour would be black on a dark screen.
      pen.fillStyle = '#fff'
      pen.fillRect(0, 0, WIDTH, HEIGHT)
    }
    pen.lineWidth = 4
    pen.lineCap = 'round'
    pen.strokeStyle = '#111'
    pen.beginPath()
    pen.moveTo(...place(event))
  }
  function draw(event: PointerEvent<HTMLCanvasElement>) {
    if (event.buttons === 0) return
    const pen = event.currentTarget.getContext('2d')!
    pen.lineTo(...place(event))
    pen.stroke()
  }
  function end() {
    setSigned(true)
    canvas.current?.toBlob(picture => onSigned(picture ?? undefined), 'image/png')
  }
  function wipe() {
    canvas.current?.getContext('2d')?.clearRect(0, 0, WIDTH, HEIGHT)
    setSigned(false)
    onSigned(undefined)
  }
  return (
    <>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        width={WIDTH}
        height={HEIGHT}
        style={{
          display: 'block',
          width: '100%',
          maxWidth: WIDTH,
          border: '1px solid #888',
          touchAction: 'none',
          background: '#fff',
        }}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
      />
      <Button disabled={!isSigned} onClick={wipe}>
        {say('wipe')}
      </Button>
    </>
  )
}
