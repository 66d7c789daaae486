import { Anchor, Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { CopyRow, copiesAtWorkPoll } from './copies.tsx'
import type { PersonLanguage } from './language-choice.tsx'
import styles from './protection.module.css'
import type { RequestDetail } from './shapes.ts'

/** What was asked for is done from here, once it is certain who asks: the copy is made, the erasure is looked at. */
export function RequestAnswer({ request }: { request: RequestDetail }) {
  const { kind, person, state, identity } = request
  if (!person || state === 'closed' || identity !== 'confirmed') return null
  if (kind === 'erasure') return <ToErasure personId={person.personId} requestId={request.requestId} />
  if (kind !== 'access' && kind !== 'portability') return null
  return <CopiesOf request={request} personId={person.personId} />
}

function ToErasure({ personId, requestId }: { personId: string; requestId: string }) {
  const t = useTexts('privacy')
  const { slug } = useWorkspace()
  const search = { view: 'erasures', person: personId, request: requestId } as const
  return (
    <p>
      <Anchor
        inherit
        underline="always"
        renderRoot={(props) => <Link to="/w/$slug/protection" params={{ slug }} search={search} {...props} />}
      >
        {t('protection.request.toErasure')}
      </Anchor>
    </p>
  )
}

const COPIES_SHOWN_MAX = 3

function CopiesOf({ request: { requestId, language }, personId }: { request: RequestDetail; personId: string }) {
  const t = useTexts('privacy')
  const api = useApi()
  const queries = useQueryClient()
  const { data } = useQuery({
    ...api.privacy.archives.list.queryOptions({ input: { personId, limit: COPIES_SHOWN_MAX } }),
    ...copiesAtWorkPoll,
  })
  const order = useMutation(
    api.privacy.archives.create.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.privacy.archives.key() }),
    }),
  )
  return (
    <section className={styles.answer} aria-label={t('protection.copy.made')}>
      <ul className={styles.list}>
        {data?.items.map((archive) => (
          <CopyRow key={archive.archiveId} archive={archive} />
        ))}
      </ul>
      <Button
        size="compact-sm"
        loading={order.isPending}
        onClick={() => order.mutate({ personId, requestId, language: language as PersonLanguage })}
      >
        {t('protection.copy.order')}
      </Button>
    </section>
  )
}
