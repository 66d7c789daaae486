import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { useReasonSentence } from './reason-text.ts'
import { useSideName } from './side-card.tsx'
import styles from './suggestions.module.css'
import { shownProbability } from './sureness.ts'

/** Which other accounts may be theirs, as far as the policy lets anybody ask. Nothing is shown where there is none. */
export function SuggestionsFor({ personId }: { personId: string }) {
  const t = useTexts('people')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const sideName = useSideName()
  const sentence = useReasonSentence()
  const found = useQuery(useApi().people.suggestions.ofPerson.queryOptions({ input: { personId } })).data?.items ?? []
  if (found.length === 0) return null
  return (
    <section aria-label={t('suggestions.perhaps')}>
      <h2 className={styles.heading}>{t('suggestions.perhaps')}</h2>
      <ul className={styles.perhaps}>
        {found.map(({ suggestionId, one, other, reasons, probability }) => {
          const side = one.person?.personId === personId ? other : one
          return (
            <li key={suggestionId}>
              <Anchor
                renderRoot={(props) => (
                  <Link to="/w/$slug/people/suggestions" params={{ slug }} search={{ open: suggestionId }} {...props} />
                )}
              >
                <NetworkMark network={side.author.network} size={12} /> {sideName(side)}
              </Anchor>{' '}
              <span className={styles.quiet}>
                {formats.percent(shownProbability(probability))} · {sentence(reasons).forIt}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
