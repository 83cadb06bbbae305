/** The pages of the lobby, in the order of the rail. Each is loaded when it is first opened. */
import {
  Bell,
  CalendarDays,
  History,
  Images,
  Inbox,
  LayoutDashboard,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  MapPinned,
  MonitorUp,
  SlidersHorizontal,
} from 'lucide-react'
import { type ComponentType, lazy } from 'react'
import type { DeskRole } from '#protocol/desk/roles.ts'
import { admits } from '#protocol/desk/route.ts'
import type { Pair } from '../../ui/words.ts'

export interface PageEntry {
  readonly path: string
  readonly title: Pair
  readonly icon: LucideIcon
  readonly admits: readonly DeskRole[]
  /** Seldom needed: found under the settings, not in the rail. */
  readonly isAside?: boolean
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
    path: '/queues',
    title: { zh: '排队', en: 'Queues' },
    icon: ListOrdered,
    admits: ['manager', 'admin', 'auditor'],
    load: () => import('../pages/queues/page.tsx'),
  }),
  definePage({
    path: '/work',
    title: { zh: '任务', en: 'Work' },
    icon: ListChecks,
    admits: ['manager', 'admin', 'auditor'],
    load: () => import('../pages/work/page.tsx'),
  }),
  definePage({
    path: '/alerts',
    title: { zh: '提醒', en: 'Alerts' },
    icon: Bell,
    admits: ['manager', 'admin', 'auditor'],
    load: () => import('../pages/alerts/page.tsx'),
  }),
  definePage({
    path: '/day',
    title: { zh: '今日', en: 'Day' },
    icon: CalendarDays,
    admits: ['manager', 'admin', 'auditor'],
    load: () => import('../pages/day/page.tsx'),
  }),
  definePage({
    path: '/policies',
    title: { zh: '策略', en: 'Policies' },
    icon: SlidersHorizontal,
    admits: ['manager', 'admin', 'auditor'],
    load: () => import('../pages/policies/page.tsx'),
  }),
  definePage({
    path: '/content',
    title: { zh: '内容', en: 'Content' },
    icon: Images,
    admits: ['manager', 'admin', 'auditor'],
    load: () => import('../pages/content/page.tsx'),
  }),
  definePage({
    path: '/look-back',
    title: { zh: '回看', en: 'Look back' },
    icon: History,
    admits: ['manager', 'admin', 'auditor'],
    load: () => import('../pages/look-back/page.tsx'),
  }),
  definePage({
    path: '/mine',
    title: { zh: '我的', en: 'Mine' },
    icon: Inbox,
    admits: ['manager', 'staff'],
    load: () => import('../pages/mine/page.tsx'),
  }),
  definePage({
    path: '/plan',
    title: { zh: '网点布局', en: 'Floor plan' },
    icon: MapPinned,
    admits: ['admin', 'manager', 'auditor'],
    isAside: true,
    load: () => import('../pages/plan/page.tsx'),
  }),
  definePage({
    path: '/devices-in',
    title: { zh: '屏幕与智能柜台', en: 'Screens and kiosks' },
    icon: MonitorUp,
    admits: ['admin'],
    isAside: true,
    load: () => import('../pages/devices-in/page.tsx'),
  }),
]

/** What somebody with these roles sees, the page to begin with first: who leads nobody begins with his own tasks. */
export const pagesFor = (roles: readonly DeskRole[]): readonly PageEntry[] => {
  const seen = pages.filter((page) => admits(page.admits, roles))
  const isOwnFirst = roles.every((role) => role === 'staff')
  return isOwnFirst ? seen.sort((a, b) => Number(b.path === '/mine') - Number(a.path === '/mine')) : seen
}
