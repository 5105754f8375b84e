import { createRouter, createWebHistory } from 'vue-router'
import type { RouteLocation } from 'vue-router'
import { idOfPath, pathOfId } from '../lib/profile-place.ts'

const idIn = ({ params: { id } }: Pick<RouteLocation, 'params'>): string => (typeof id === 'string' ? id : '')
const profileProps = (to: RouteLocation): { id: string } => ({ id: idOfPath(idIn(to)) })

/** Every place of the page. What a view shows of it (query, selection, range) stands behind the `?`. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: '/live' },
    {
      path: '/live',
      name: 'live',
      meta: { title: 'Live' },
      component: () => import('../views/live/LiveView.vue'),
    },
    {
      path: '/users',
      name: 'users',
      meta: { title: 'Users' },
      component: () => import('../views/users/UsersView.vue'),
    },
    {
      path: '/users/:id',
      name: 'user',
      meta: { title: 'User' },
      props: profileProps,
      component: () => import('../views/users/UserView.vue'),
    },
    {
      path: '/accounts',
      name: 'accounts',
      meta: { title: 'Accounts' },
      component: () => import('../views/accounts/AccountsView.vue'),
    },
    {
      path: '/accounts/:id',
      name: 'account',
      meta: { title: 'Account' },
      props: profileProps,
      component: () => import('../views/accounts/AccountView.vue'),
    },
    {
      path: '/catalog',
      name: 'catalog',
      meta: { title: 'Catalog' },
      component: () => import('../views/catalog/CatalogView.vue'),
    },
    {
      path: '/catalog/plan',
      name: 'plan',
      meta: { title: 'Tracking plan' },
      component: () => import('../views/plan/PlanView.vue'),
    },
    {
      path: '/problems',
      name: 'problems',
      meta: { title: 'Problems' },
      component: () => import('../views/problems/ProblemsView.vue'),
    },
    {
      path: '/replay',
      name: 'replay',
      meta: { title: 'Replay' },
      component: () => import('../views/replay/ReplayView.vue'),
    },
    {
      path: '/replay/new',
      name: 'new-replay',
      meta: { title: 'New replay' },
      component: () => import('../views/replay/NewReplayView.vue'),
    },
    {
      path: '/replay/:id(\\d+)',
      name: 'replay-job',
      meta: { title: 'Replay' },
      props: true,
      component: () => import('../views/replay/ReplayJobView.vue'),
    },
    {
      path: '/connect/:sdk?',
      name: 'connect',
      meta: { title: 'Connect an SDK' },
      props: true,
      component: () => import('../views/connect/ConnectView.vue'),
    },
    {
      path: '/settings',
      name: 'settings',
      meta: { title: 'Settings' },
      component: () => import('../views/settings/SettingsView.vue'),
    },
    {
      path: '/rules/:family/:rule',
      redirect: ({ params: { family, rule } }) => ({
        name: 'settings',
        hash: `#${String(family)}/${String(rule)}`,
      }),
    },
    {
      path: '/:rest(.*)*',
      name: 'nowhere',
      meta: { title: 'Not found' },
      component: () => import('./NowhereView.vue'),
    },
  ],
})

// A link to an id that the address can't hold as it is: `..`
router.beforeEach(({ name, params, query }) => {
  const id = idIn({ params })
  if (id.startsWith('~') || pathOfId(id) === id || typeof name !== 'string') return true
  return { name, params: { id: pathOfId(id) }, query }
})

router.afterEach(({ meta }) => {
  document.title = typeof meta['title'] === 'string' ? `${meta['title']} · Trackside` : 'Trackside'
})
