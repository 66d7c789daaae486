import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import './ui/tokens.css'
import './ui/base.css'
import { notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { failureOf, textOfFailure } from './platform/failures.ts'
import { setTimeZone } from './platform/formats.ts'
import { browserLanguage, i18n, startTexts } from './platform/i18n.ts'
import { createQueries } from './platform/queries.ts'
import { goToSignIn, meQuery, secondFactorAddress } from './platform/session.ts'
import { handleKey } from './platform/shortcuts.ts'
import { laterTexts, loadAppTexts } from './platform/texts.ts'
import { createAppRouter } from './router.ts'
import { rememberTheme, Theme } from './shell/theme.tsx'

/** The first screen is shown and its data is asked for by then. */
const LATER_TEXTS_MS = 1_500

const Toasts = lazy(() => import('./shell/toasts.tsx').then((file) => ({ default: file.Toasts })))

const queries = createQueries({
  signedOut: () => goToSignIn(),
  closed: () => location.assign(secondFactorAddress(`${location.pathname}${location.search}`)),
  changeFailed: (error) => {
    const failure = failureOf(error)
    notifications.show({
      color: 'red',
      message: textOfFailure(failure),
      autoClose: 10_000,
      closeButtonProps: { 'aria-label': i18n.t('ui:close') },
    })
  },
})

/** Language and time zone of the account decide; whoever is not signed in is sent to the sign-in page by the query. */
async function start(container: HTMLElement): Promise<void> {
  const me = await queries.fetchQuery(meQuery).catch(() => null)
  if (me) {
    setTimeZone(me.timeZone)
    rememberTheme(me.theme)
  }
  await startTexts(me?.language ?? browserLanguage(), loadAppTexts)
  addEventListener('keydown', (event) => handleKey(event))
  createRoot(container).render(
    <QueryClientProvider client={queries}>
      <Theme>
        <RouterProvider router={createAppRouter(queries)} />
        <Suspense>
          <Toasts />
        </Suspense>
      </Theme>
    </QueryClientProvider>,
  )
  // Safari has no requestIdleCallback.
  setTimeout(() => void laterTexts().catch(() => {}), LATER_TEXTS_MS)
}

const container = document.getElementById('app')
if (container) void start(container)
