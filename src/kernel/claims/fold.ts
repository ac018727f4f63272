/**
 * Folds full-width digits, letters and punctuation to their half-width twins, one UTF-16 unit to one,
 * so that an offset into the folded text is an offset into the text.
 */
export function fold(text: string): string {
  const parts: string[] = []
  const units: number[] = []
  for (let i = 0; i < text.length; i++) {
    units.push(foldUnit(text.charCodeAt(i)))
    if (units.length === 8192) {
      parts.push(String.fromCharCode(...units))
      units.length = 0
    }
  }
  parts.push(String.fromCharCode(...units))
  return parts.join('')
}

function foldUnit(code: number): number {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0
  return TWINS.get(code) ?? code
}

const twin = (from: string, to: string): [number, number] => [from.charCodeAt(0), to.charCodeAt(0)]

const TWINS = new Map<number, number>([
  twin('\u3000', ' '),
  twin('\u00a0', ' '),
  twin('\r', '\n'),
  twin('\u2028', '\n'),
  twin('\u2029', '\n'),
  twin('﹪', '%'),
  twin('○', '〇'),
  twin('◯', '〇'),
  twin('萬', '万'),
  twin('億', '亿'),
  twin('兩', '两'),
  twin('餘', '余'),
  twin('個', '个'),
  twin('項', '项'),
  twin('﹣', '-'),
  twin('−', '-'),
  twin('‐', '-'),
  twin('‑', '-'),
  twin('–', '—'),
  twin('―', '—'),
  twin('─', '—'),
  twin('∼', '~'),
  twin('〜', '~'),
  twin('∶', ':'),
  twin('￥', '¥'),
  twin('﹙', '('),
  twin('﹚', ')'),
  twin('•', '·'),
  twin('・', '·'),
])
