import { startPage } from '../plain/start-page.tsx'
import './portal.css'
import { GuestPage } from './guest-page.tsx'
import { MePage } from './me-page.tsx'
import { PortalPage } from './portal-page.tsx'
import { SignedInPage } from './signed-in-page.tsx'

/**
 * /p/SLUG/connections, /p/SLUG/signed-in (back from a provider), /p/SLUG/me/CODE (what a page of a customer links to), and
 * /guest, where somebody of another house approves a text.
 */
function Portal() {
  if (location.pathname === '/guest') return <GuestPage />
  const place = location.pathname.split('/')[3]
  return place === 'me' ? <MePage /> : place === 'signed-in' ? <SignedInPage /> : <PortalPage />
}

await startPage({
  name: 'portal',
  texts: import.meta.glob<Record<string, unknown>>('./texts/*.json', { import: 'default' }),
  storage: () => sessionStorage,
  storageKey: 'rapport.portal.language',
  content: <Portal />,
})
