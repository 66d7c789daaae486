import { Button } from '@mantine/core'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { Place } from '../ui/place.tsx'
import { PastWalks } from './past-walks.tsx'
import styles from './plan.module.css'
import { useSaved } from './saved.ts'
import { ScenarioForm } from './scenario-form.tsx'
import { WalkView } from './walk-view.tsx'

/** A scenario: its steps, the walk that is under way, and what earlier ones left open. */
export function ScenarioScreen() {
  const t = useTexts('plan')
  const { slug, scenarioId } = useParams({ from: '/w/$slug/programme/scenarios/$scenarioId' })
  const api = useApi()
  const navigate = useNavigate()
  const mayManage = useMay('plan.manage')
  const scenario = useSuspenseQuery(api.plan.scenarios.get.queryOptions({ input: { scenarioId } })).data
  const [editing, setEditing] = useState(false)
  const begin = useMutation(api.plan.walks.begin.mutationOptions(useSaved(() => {})))
  const underWay = scenario.walks.find(({ endedAt }) => endedAt === null)
  const walk = (
    <Button variant="filled" loading={begin.isPending} onClick={() => begin.mutate({ scenarioId })}>
      {t('walk.begin')}
    </Button>
  )
  return (
    <Place
      title={scenario.name}
      onBack={() => void navigate({ to: '/w/$slug/programme/scenarios', params: { slug } })}
      action={mayManage && !underWay && !editing ? walk : null}
    >
      <div className={styles.column}>
        {editing ? (
          <ScenarioForm scenario={scenario} onDone={() => setEditing(false)} />
        ) : (
          <>
            <p>{scenario.situation}</p>
            {underWay ? (
              <WalkView walk={underWay} mayManage={mayManage} />
            ) : (
              <ol>
                {scenario.steps.map(({ key, text, who }) => (
                  <li key={key}>
                    {text} {who && <span className={styles.quiet}>({who})</span>}
                  </li>
                ))}
              </ol>
            )}
            {mayManage && !underWay && (
              <div className={styles.actions}>
                <Button onClick={() => setEditing(true)}>{t('change')}</Button>
              </div>
            )}
            <PastWalks walks={scenario.walks.filter(({ endedAt }) => endedAt !== null)} mayManage={mayManage} />
          </>
        )}
      </div>
    </Place>
  )
}
