import '../ui/tokens.css'
import './portal.css'
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
import { MePage } from './me-page.tsx'
import { PortalPage } from './portal-page.tsx'
import { SignedInPage } from './signed-in-page.tsx'

const NAMES = { en: 'English', de: 'Deutsch', nl: 'Nederlands' }
const LANGUAGE_CHOICE = 'rapport.portal.language'
const loaders = import.meta.glob<Record<string, unknown>>('./texts/*.json', { import: 'default' })

async function loadTexts(language: string): Promise<Texts> {
  return { portal: (await loaders[`./texts/${language}.json`]?.()) ?? {} }
}

/** /p/SLUG/connections, /p/SLUG/signed-in (back from a provider), /p/SLUG/me/CODE (what a page of a customer links to). */
function Portal() {
  const t = useTexts('portal')
  const language = useLanguage()
  const place = location.pathname.split('/')[3]
  const choose = (chosen: string) => {
    if (!isLanguage(chosen)) return
    remember(chosen)
    void changeLanguage(chosen)
  }
  return (
    <>
      {place === 'me' ? <MePage /> : place === 'signed-in' ? <SignedInPage /> : <PortalPage />}
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

function remember(language: string) {
  try {
    sessionStorage.setItem(LANGUAGE_CHOICE, language)
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

function chosenLanguage() {
  try {
    const stored = sessionStorage.getItem(LANGUAGE_CHOICE)
    if (isLanguage(stored)) return stored
  } catch {
    // As above.
  }
  return browserLanguage()
}

const container = document.getElementById('portal')
if (container) {
  await startTexts(chosenLanguage(), loadTexts)
  createRoot(container).render(
    <StrictMode>
      <Portal />
    </StrictMode>,
  )
}
