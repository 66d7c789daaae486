import { Button, Progress } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import type { Policy } from './shapes.ts'
import styles from './suggestions.module.css'

/** What holds now, what the model knows, and how far a comparison of everything has come. */
export function RunLine({ policy }: { policy: Policy }) {
  const t = useTexts('people')
  const formats = useFormats()
  const { run, model } = policy
  const isRunning = run?.state === 'running'
  return (
    <div className={styles.state}>
      <p>
        {t(`suggestions.policy.now.${policy.mode}`, {
          level: policy.proofLevel ? t(`suggestions.policy.level.${policy.proofLevel}.short`) : '',
        })}{' '}
        {model && model.identities > 0
          ? t('suggestions.model.own', {
              count: model.identities,
              number: formats.number(model.identities),
              date: formats.date(model.learnedAt),
            })
          : t('suggestions.model.shipped')}{' '}
        {model && t('suggestions.model.answers', { confirmed: model.confirmations, refused: model.refusals })}
      </p>
      {isRunning ? (
        <div className={styles.run}>
          <Progress
            value={Math.min(100, (run.identitiesDone / Math.max(1, run.identitiesExpected)) * 100)}
            aria-label={t('suggestions.run.title')}
            size="sm"
          />
          <span>
            {t(`suggestions.run.${run.phase}`, {
              done: formats.number(run.identitiesDone),
              expected: formats.number(run.identitiesExpected),
            })}
          </span>
        </div>
      ) : (
        <CompareAgain />
      )}
    </div>
  )
}

function CompareAgain() {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const mayRun = useMay('privacy.manage')
  const starting = useMutation(
    api.people.suggestions.run.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: api.people.suggestions.policy.key() }),
    }),
  )
  if (!mayRun) return null
  return (
    <Button size="compact-xs" variant="subtle" loading={starting.isPending} onClick={() => starting.mutate({})}>
      {t('suggestions.run.again')}
    </Button>
  )
}
