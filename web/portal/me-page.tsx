import { useEffect, useState } from 'react'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { describe } from './calls.ts'

/** What visitors of a customer's page find behind its rel="me" link: what it is for, and nothing of the customer. */
export function MePage() {
  const t = useTexts('portal')
  const language = useLanguage()
  const [brand, setBrand] = useState('')
  useEffect(
    () =>
      void describe(language).then((answer) => {
        if (answer.ok) setBrand(answer.value.brand)
      }),
    [language],
  )
  useEffect(() => {
    document.title = t('me.title')
  }, [t])
  return (
    <main className="page">
      <h1>{t('me.title')}</h1>
      <p>{t('me.text', { brand })}</p>
    </main>
  )
}
