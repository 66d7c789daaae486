import { startPage } from '../plain/start-page.tsx'
import './sign-in.css'
import { InvitationPage } from './invitation-page.tsx'
import { ResetPage } from './reset-page.tsx'
import { SetUpPage } from './set-up-page.tsx'
import { SignInPage } from './sign-in-page.tsx'

const PAGES: [prefix: string, page: () => React.ReactNode][] = [
  ['/set-up', SetUpPage],
  ['/invitation', InvitationPage],
  ['/reset-password', ResetPage],
]

function SignInApp() {
  const Content = PAGES.find(([prefix]) => location.pathname.startsWith(prefix))?.[1] ?? SignInPage
  return (
    <main className="card">
      <p className="brand">
        <img src="/icon.svg" alt="" width="28" height="28" />
        Rapport
      </p>
      <Content />
    </main>
  )
}

await startPage({
  name: 'sign-in',
  texts: import.meta.glob<Record<string, unknown>>('./texts/*.json', { import: 'default' }),
  storage: () => localStorage,
  storageKey: 'rapport.language',
  content: <SignInApp />,
})
