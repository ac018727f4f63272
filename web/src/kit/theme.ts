import { theme as antd, type ThemeConfig } from 'antd'
import { useSyncExternalStore } from 'react'

export type Scheme = 'light' | 'dark' | 'system'

const STORED = 'yilu.scheme'
const dark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()
const tell = () => {
  document.documentElement.dataset.scheme = isDark() ? 'dark' : 'light'
  for (const listener of listeners) listener()
}

export const chosenScheme = (): Scheme => {
  const stored = localStorage.getItem(STORED)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

const isDark = () => (chosenScheme() === 'system' ? dark.matches : chosenScheme() === 'dark')

export function chooseScheme(scheme: Scheme): void {
  localStorage.setItem(STORED, scheme)
  tell()
}
dark.addEventListener('change', tell)
tell()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useDark = (): boolean => useSyncExternalStore(subscribe, isDark)

const FONT =
  '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif'

/** Quiet and dense, one accent colour; contrasts of WCAG 2.2 AA in both schemes. */
export const themeOf = (isDarkNow: boolean): ThemeConfig => ({
  algorithm: isDarkNow ? [antd.darkAlgorithm, antd.compactAlgorithm] : antd.compactAlgorithm,
  token: {
    colorPrimary: isDarkNow ? '#4fb59b' : '#1f6f5c',
    colorLink: isDarkNow ? '#5cc4a9' : '#1a6655',
    colorTextSecondary: isDarkNow ? '#a8b3b0' : '#54605c',
    colorTextDescription: isDarkNow ? '#a8b3b0' : '#54605c',
    colorTextPlaceholder: isDarkNow ? '#8f9b97' : '#6b7672',
    borderRadius: 4,
    fontFamily: FONT,
    fontSize: 14,
    motionDurationMid: '0.1s',
    motionDurationSlow: '0.15s',
  },
  components: {
    Table: { cellPaddingBlockSM: 5 },
    Layout: { bodyBg: 'transparent' },
    // White on the light accent of the dark scheme is too faint to read.
    Button: { primaryColor: isDarkNow ? '#0b1512' : '#ffffff' },
  },
})
