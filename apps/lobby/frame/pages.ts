/** The pages of the lobby, in the order of the rail. Each is loaded when it is first opened. */

import { Bell, LayoutDashboard, ListChecks, type LucideIcon } from 'lucide-react'
import { type ComponentType, lazy } from 'react'
import type { DeskRole } from '#protocol/desk/roles.ts'
import type { Pair } from '../../ui/words.ts'

export interface PageEntry {
  readonly path: string
  readonly title: Pair
  readonly icon: LucideIcon
  readonly admits: readonly DeskRole[]
  readonly View: ComponentType
}

interface PageDefinition extends Omit<PageEntry, 'View'> {
  readonly load: () => Promise<{ readonly Page: ComponentType }>
}

/** The module of a page exports `Page`. */
export const definePage = ({ load, ...page }: PageDefinition): PageEntry => ({
  ...page,
  View: lazy(async () => ({ default: (await load()).Page })),
})

export const pages: readonly PageEntry[] = [
  definePage({
    path: '/floor',
    title: { zh: '平面图', en: 'Floor' },
    icon: LayoutDashboard,
    admits: ['manager', 'admin', 'staff', 'auditor'],
    load: () => import('../pages/floor/page.tsx'),
  }),
  definePage({
    path: '/work',
    title: { zh: '任务', en: 'Work' },
    icon: ListChecks,
    admits: ['manager', 'admin', 'staff', 'auditor'],
    load: () => import('../pages/work/page.tsx'),
  }),
  definePage({
    path: '/alerts',
    title: { zh: '提醒', en: 'Alerts' },
    icon: Bell,
    admits: ['manager', 'admin', 'staff', 'auditor'],
    load: () => import('../pages/alerts/page.tsx'),
  }),
]
