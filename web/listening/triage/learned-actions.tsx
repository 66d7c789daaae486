import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import type { Topic } from '../shapes.ts'
import type { Learned } from './answers.ts'
import styles from './triage.module.css'

/** Learning everything anew, and forgetting it. */
export function LearnedActions({ topic: { topicId, name }, learned }: { topic: Topic; learned: Learned }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const [forgetting, setForgetting] = useState(false)
  const changed = () => queries.invalidateQueries({ queryKey: api.listening.key() })
  const retrain = useMutation(
    api.listening.triage.retrain.mutationOptions({
      onSuccess: () => showDone(t('sort.learned.retrained')),
      onSettled: changed,
    }),
  )
  const forget = useMutation(
    api.listening.triage.forget.mutationOptions({ meta: { shownInPlace: true }, onSettled: changed }),
  )
  if (!useMay('topics.manage') || !learned.begun) return null
  const verdicts = learned.labels.forUs + learned.labels.notForUs
  return (
    <div className={styles.buttons}>
      <Button variant="default" loading={retrain.isPending} onClick={() => retrain.mutate({ topicId })}>
        {t('sort.learned.retrain')}
      </Button>
      <Button variant="subtle" color="red" onClick={() => setForgetting(true)}>
        {t('sort.learned.forget')}
      </Button>
      <ConfirmByName
        opened={forgetting}
        onClose={() => setForgetting(false)}
        title={t('sort.learned.forget')}
        name={name}
        action={t('sort.learned.forget')}
        onConfirm={() => forget.mutateAsync({ topicId })}
      >
        <p>{t('sort.learned.forgetWhat', { count: verdicts, number: formats.number(verdicts) })}</p>
      </ConfirmByName>
    </div>
  )
}
