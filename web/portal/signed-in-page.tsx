import { useEffect, useRef, useState } from 'react'
import type { Answer } from '../plain/answer.ts'
import { useTexts } from '../platform/i18n.ts'
import { signedIn, slug } from './calls.ts'

/** Back from a provider: hands over what it sent along, which the address then no longer shows. */
const answer = (() => {
  const found = location.search.slice(1)
  if (location.pathname.endsWith('/signed-in')) history.replaceState(null, '', location.pathname)
  return found
})()

export function SignedInPage() {
  const t = useTexts('portal')
  const [result, setResult] = useState<Answer<{ outcome: string }>>()
  const begun = useRef(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // An answer is taken once.
    if (begun.current) return
    begun.current = true
    void signedIn(answer).then(setResult)
  }, [])
  useEffect(() => {
    if (result) heading.current?.focus()
    if (result?.ok && result.value.outcome === 'proven') location.replace(`/p/${slug}/connections`)
  }, [result])
  return (
    <main className="page" aria-busy={!result}>
      <h1 ref={heading} tabIndex={-1}>
        {t('title')}
      </h1>
      <p role="status">
        {!result
          ? t('one-moment')
          : result.ok
            ? t(`outcome.${result.value.outcome}`)
            : t([`errors.${result.code}`, 'errors.refused'], result.params)}
      </p>
      <p>
        <a href={`/p/${slug}/connections`}>{t('back')}</a>
      </p>
    </main>
  )
}
