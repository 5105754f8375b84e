import { Activity, Building2, List, Plug, RotateCcw, Settings, TriangleAlert, User } from '@lucide/vue'
import type { Component } from 'vue'
import type { Status } from '../../shared/contract/schemas.ts'

export interface Place {
  path: string
  title: string
  icon: Component
  keys: string
  /** What stands beside it in the navigation. */
  count?: (status: Status) => number
  /** Not the daily work: it stands at the bottom. */
  isAside?: boolean
}

/** The views, in the order of the navigation. */
export const places: readonly Place[] = [
  { path: '/live', title: 'Live', icon: Activity, keys: 'g l', count: ({ events }) => events },
  { path: '/users', title: 'Users', icon: User, keys: 'g u', count: ({ users }) => users },
  { path: '/accounts', title: 'Accounts', icon: Building2, keys: 'g a', count: ({ accounts }) => accounts },
  { path: '/catalog', title: 'Catalog', icon: List, keys: 'g c', count: ({ names }) => names },
  {
    path: '/problems',
    title: 'Problems',
    icon: TriangleAlert,
    keys: 'g p',
    count: ({ problems }) => problems,
  },
  { path: '/replay', title: 'Replay', icon: RotateCcw, keys: 'g r' },
  { path: '/connect', title: 'Connect an SDK', icon: Plug, keys: 'g n', isAside: true },
  { path: '/settings', title: 'Settings', icon: Settings, keys: 'g s', isAside: true },
]
