import type { Paint } from './chart-options.ts'

/** The colours of the present scheme, from the style sheet. */
export function paintNow(dark: boolean): Paint {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    dark,
    ink: colour('ink'),
    quiet: colour('quiet'),
    line: colour('line'),
    paper: colour('paper'),
    accent: colour('accent'),
  }
}
