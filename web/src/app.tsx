import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider, App as Messages } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ComponentType } from 'react'
import { createBrowserRouter, type RouteObject, RouterProvider } from 'react-router'
import { queries } from './kit/query.ts'
import { themeOf, useDark } from './kit/theme.ts'
import { useLanguage } from './kit/words.ts'
import { Broken } from './shell/broken.tsx'
import { Gate } from './shell/gate.tsx'

/** A screen that is fetched when it is first opened. Its file exports it as `Screen`. */
const screen = (path: string, load: () => Promise<{ Screen: ComponentType }>): RouteObject => ({
  path,
  lazy: async () => ({ Component: (await load()).Screen }),
  errorElement: <Broken />,
  HydrateFallback: () => null,
})

const router = createBrowserRouter(
  [
    {
      element: <Gate />,
      HydrateFallback: () => null,
      errorElement: <Broken />,
      children: [
        screen('/', () => import('./screens/home/home.tsx')),
        screen('/ledger', () => import('./screens/ledger/types.tsx')),
        screen('/ledger/:type', () => import('./screens/ledger/list.tsx')),
        screen('/ledger/:type/new', () => import('./screens/ledger/form.tsx')),
        screen('/ledger/:type/import', () => import('./screens/import/import.tsx')),
        screen('/outbox', () => import('./offline/outbox.tsx')),
        screen('/records/:record', () => import('./screens/ledger/record.tsx')),
        screen('/figures', () => import('./screens/figures/figures.tsx')),
        screen('/reports', () => import('./screens/reports/reports.tsx')),
        screen('/reports/:report', () => import('./screens/reports/report.tsx')),
        screen('/assessment', () => import('./screens/assessment/assessment.tsx')),
        screen('/returns', () => import('./screens/returns/returns.tsx')),
        screen('/inbox', () => import('./screens/inbox/inbox.tsx')),
        screen('/audit', () => import('./screens/audit/audit.tsx')),
        screen('/admin', () => import('./screens/admin/admin.tsx')),
        screen('/work/:domain/:name', () => import('./screens/domain/domain.tsx')),
        screen('/help', () => import('./screens/help/help.tsx')),
        screen('*', () => import('./shell/missing.tsx')),
      ],
    },
    screen('/public/:org', () => import('./screens/public/public.tsx')),
  ],
  { basename: '/app' },
)

export function App() {
  const language = useLanguage()
  const dark = useDark()
  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={themeOf(dark)}
      // A space within a word is read aloud, and not found.
      button={{ autoInsertSpace: false }}
    >
      <Messages message={{ maxCount: 3 }}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Messages>
    </ConfigProvider>
  )
}
