import { Anchor } from '@mantine/core'
import { Link as RouterLink } from '@tanstack/react-router'
import { i18n, useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import type { Link } from './shapes.ts'
import { useSuggestionEvidence } from './suggestions/suggestion-evidence.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What a link rests on, in words: a note, a proof, a system, a suggestion; a post as a way to it. */
export function Evidence({ evidence }: { evidence: Link['evidence'] }) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const suggested = useSuggestionEvidence()(evidence)
  const partOf = useEvidencePart()
  const { reason, post: postId, ...others } = evidence
  const rest = suggested ? [suggested] : Object.entries(others).map(([name, value]) => partOf(name, String(value)))
  const said = [typeof reason === 'string' ? reason : null, ...rest].filter(Boolean).join(' · ')
  return (
    <>
      {said || (typeof postId === 'string' ? null : t('links.noEvidence'))}
      {typeof postId === 'string' && (
        <>
          {' '}
          <Anchor
            size="xs"
            renderRoot={(props) => (
              <RouterLink to="/w/$slug/listening/posts" params={{ slug }} search={{ post: postId }} {...props} />
            )}
          >
            {t('links.thePost')}
          </Anchor>
        </>
      )}
    </>
  )
}

/** Ids are for programs, which find them in the API; whatever else another program recorded stands there as it is. */
function useEvidencePart(): (name: string, value: string) => string | null {
  const t = useTexts('people')
  return (name, value) => {
    if (name === 'way' && i18n.exists(`people:evidence.way.${value}`)) return t(`evidence.way.${value}`)
    if (name === 'system') return t('evidence.system', { system: value })
    if (name === 'line') return t('evidence.line', { line: value })
    if (name === 'question') return t('evidence.question')
    return UUID.test(value) ? null : `${name}: ${value}`
  }
}
