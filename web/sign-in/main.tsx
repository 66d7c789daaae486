import '../ui/tokens.css'
import './sign-in.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import {
  browserLanguage,
  changeLanguage,
  isLanguage,
  LANGUAGES,
  startTexts,
  type Texts,
  useLanguage,
  useTexts,
} from '../platform/i18n.ts'
import { InvitationPage } from './invitation-page.tsx'
import { ResetPage } from './reset-page.tsx'
import { SetUpPage } from './set-up-page.tsx'
import { SignInPage } from './sign-in-page.tsx'

const LANGUAGE_CHOICE = 'rapport.language'
const NAMES = { en: 'English', de: 'Deutsch', nl: 'Nederlands' }
const PAGES: [prefix: string, page: () => React.ReactNode][] = [
  ['/set-up', SetUpPage],
  ['/invitation', InvitationPage],
  ['/reset-password', ResetPage],
]
const loaders = import.meta.glob<Record<string, unknown>>('./texts/*.json', { import: 'default' })

async function loadTexts(language: string): Promise<Texts> {
  return { 'sign-in': (await loaders[`./texts/${language}.json`]?.()) ?? {} }
}

function SignInApp() {
  const t = useTexts('sign-in')
  const language = useLanguage()
  const Content = PAGES.find(([prefix]) => location.pathname.startsWith(prefix))?.[1] ?? SignInPage
  const choose = (chosen: string) => {
    if (!isLanguage(chosen)) return
    try {
      localStorage.setItem(LANGUAGE_CHOICE, chosen)
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
    void changeLanguage(chosen)
  }
  return (
    <>
      <main className="card">
        <p className="brand">
          <img src="/icon.svg" alt="" width="28" height="28" />
          Rapport
        </p>
        <Content />
      </main>
      <footer>
        <label>
          <span className="unseen">{t('language')}</span>
          <select value={language} onChange={(event) => choose(event.target.value)}>
            {LANGUAGES.map((code) => (
              <option key={code} value={code} lang={code}>
                {NAMES[code]}
              </option>
            ))}
          </select>
        </label>
      </footer>
    </>
  )
}

function chosenLanguage() {
  try {
    const stored = localStorage.getItem(LANGUAGE_CHOICE)
    if (isLanguage(stored)) return stored
  } catch {
    // As above.
  }
  return browserLanguage()
}

const container = document.getElementById('sign-in')
if (container) {
  await startTexts(chosenLanguage(), loadTexts)
  createRoot(container).render(
    <StrictMode>
      <SignInApp />
    </StrictMode>,
  )
}
