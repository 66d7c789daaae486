import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useActorName } from '../actor-name.ts'
import { AuthorAvatar, AuthorLine } from '../author-line.tsx'
import { Decide } from './decide.tsx'
import styles from './look-alikes.module.css'
import type { Decision, Flag } from './states.ts'

/** One account beside the one of ours that it resembles, with every reason, and what people said of it. */
export function LookAlike({ flag }: { flag: Flag }) {
  const t = useTexts('listening')
  const { percent } = useFormats()
  const { author, own, strength, reasons, picture, foundAt } = flag
  return (
    <li className={styles.flag}>
      <div className={styles.pair}>
        <Account author={author} />
        <span className={styles.resembles}>{t('lookAlikes.resembles')}</span>
        <Account author={own} />
      </div>
      <p className={styles.strength}>
        {t('lookAlikes.strength', { percent: percent(strength) })} · <TimeAgo time={foundAt} />
      </p>
      <ul className={styles.reasons}>
        {reasons.map(({ kind, theirs, ours, weight }) => (
          <li key={kind}>
            {t(`lookAlikes.reasons.${kind}`, { theirs, ours })}{' '}
            <span className={styles.weight}>{t('lookAlikes.weight', { percent: percent(weight) })}</span>
          </li>
        ))}
        {picture !== 'compared' && <li className={styles.weight}>{t(`lookAlikes.pictures.${picture}`)}</li>}
      </ul>
      {flag.decided ? <Decided flag={flag} decided={flag.decided} /> : <Decisions flag={flag} />}
    </li>
  )
}

function Account({ author }: { author: Flag['author'] }) {
  const { slug } = useWorkspace()
  return (
    <span className={styles.account}>
      <AuthorAvatar author={author} size={40} />
      <AuthorLine
        author={author}
        link={(name) => (
          <Link
            to="/w/$slug/people/authors/$authorId"
            params={{ slug, authorId: author.authorId }}
            className={styles.name}
          >
            {name}
          </Link>
        )}
      />
    </span>
  )
}

function Decisions({ flag }: { flag: Flag }) {
  const t = useTexts('listening')
  const [deciding, setDeciding] = useState<Decision | null>(null)
  if (!useMay('people.link')) return null
  return (
    <div className={styles.decisions}>
      <Button size="compact-sm" onClick={() => setDeciding('dismiss')}>
        {t('lookAlikes.dismiss')}
      </Button>
      <Button size="compact-sm" onClick={() => setDeciding('confirm')}>
        {t('lookAlikes.confirm')}
      </Button>
      {deciding && <Decide flag={flag} decision={deciding} onClose={() => setDeciding(null)} />}
    </div>
  )
}

function Decided({ flag, decided }: { flag: Flag; decided: NonNullable<Flag['decided']> }) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const who = useActorName()({ kind: decided.by ? 'member' : 'system', id: decided.by })
  const mayDecide = useMay('people.link')
  const reopen = useMutation(
    api.listening.impersonation.reopen.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.listening.impersonation.key() }),
    }),
  )
  return (
    <div className={styles.decisions}>
      <p className={styles.decided}>
        {t('lookAlikes.decided', { who, because: decided.because })} <TimeAgo time={decided.at} />
      </p>
      {mayDecide && (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={reopen.isPending}
          onClick={() => reopen.mutate({ authorId: flag.author.authorId })}
        >
          {t('lookAlikes.reopen')}
        </Button>
      )}
    </div>
  )
}
