import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Failure, failureOf, textOfFailure } from '../../platform/failures.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import styles from './suggested.module.css'

/** Where the workspace set up a language model: shows what it would be sent, and asks it only then. */
export function DraftedAnswer({ conversationId, onTake }: { conversationId: string; onTake(text: string): void }) {
  const t = useTexts('inbox')
  const api = useApi()
  const [shown, setShown] = useState(false)
  const { data: model } = useQuery(api.inbox.suggested.model.queryOptions({ input: {} }))
  const on = model?.switchedOn ?? false
  const { data: prompt, error: unread } = useQuery({
    ...api.inbox.suggested.prompt.queryOptions({ input: { conversationId } }),
    enabled: on && shown,
  })
  const { mutate, isPending, error } = useMutation(
    api.inbox.suggested.draft.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: ({ text }) => onTake(text),
    }),
  )
  const said = (failure: Failure) => {
    const name = String(failure.params.failure)
    return failure.code === 'drafting-failed' ? t(`suggested.model.failure.${name}`) : textOfFailure(failure)
  }
  if (!on) return null
  if (!shown)
    return (
      <p className={styles.foot}>
        <Button size="compact-xs" onClick={() => setShown(true)}>
          {t('suggested.model.show')}
        </Button>
      </p>
    )
  const failed = error ?? unread
  return (
    <div className={styles.item}>
      {!prompt && !unread && <TextSkeleton lines={3} />}
      {prompt && (
        <>
          <p className={styles.quiet}>{t('suggested.model.sent', { host: prompt.host, model: prompt.model })}</p>
          <pre className={styles.prompt}>{prompt.messages.map(({ content }) => content).join('\n\n')}</pre>
          {prompt.removed > 0 && (
            <p className={styles.quiet}>{t('suggested.model.removed', { count: prompt.removed })}</p>
          )}
          <p className={styles.foot}>
            <Button size="compact-xs" variant="filled" loading={isPending} onClick={() => mutate({ conversationId })}>
              {t('suggested.model.ask')}
            </Button>
          </p>
        </>
      )}
      <div role="alert">{failed && <p className={styles.quiet}>{said(failureOf(failed))}</p>}</div>
    </div>
  )
}
