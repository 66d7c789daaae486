import '../ui/tokens.css'
import './page.css'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { browserLanguage, changeLanguage, isLanguage, LANGUAGES, startTexts, useLanguage } from '../platform/i18n.ts'
import { PageTexts, usePageTexts } from './page-texts.ts'

const NAMES = { en: 'English', de: 'Deutsch', nl: 'Nederlands' }

interface PlainPage {
  /** The element it is drawn into, and the name of its texts. */
  name: string
  /** Its texts by file, such as ./texts/de.json. */
  texts: Record<string, () => Promise<Record<string, unknown>>>
  /** Where the choice of a language is kept. Reaching for a storage throws where it is forbidden. */
  storage(): Storage
  storageKey: string
  content: ReactNode
}

/** Draws a page of its own in the visitor's language, with a choice of languages below. */
export async function startPage({ name, texts, storage, storageKey, content }: PlainPage): Promise<void> {
  const container = document.getElementById(name)
  if (!container) return
  const remember = (language: string) => {
    try {
      storage().setItem(storageKey, language)
    } catch {
      // The choice then lasts as long as the page.
    }
  }
  const remembered = () => {
    try {
      return storage().getItem(storageKey)
    } catch {
      return null
    }
  }
  const chosen = remembered()
  await startTexts(isLanguage(chosen) ? chosen : browserLanguage(), async (language) => ({
    [name]: (await texts[`./texts/${language}.json`]?.()) ?? {},
  }))
  createRoot(container).render(
    <StrictMode>
      <PageTexts value={name}>
        {content}
        <LanguageChoice remember={remember} />
      </PageTexts>
    </StrictMode>,
  )
}

function LanguageChoice({ remember }: { remember(language: string): void }) {
  const t = usePageTexts()
  const language = useLanguage()
  const choose = (chosen: string) => {
    if (!isLanguage(chosen)) return
    remember(chosen)
    void changeLanguage(chosen)
  }
  return (
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
  )
}
