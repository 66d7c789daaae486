import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useActorName } from '../../listening/actor-name.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import type { Formula } from '../shapes.ts'
import styles from './scores.module.css'

/** Who changed a formula, when and why. */
export function FormulaVersions({ score }: { score: Formula['score'] }) {
  const t = useTexts('people')
  const actorName = useActorName()
  const [opened, setOpened] = useState(false)
  const { data } = useQuery({
    ...useApi().people.scores.versions.queryOptions({ input: { score } }),
    enabled: opened,
  })
  return (
    <>
      <Button size="compact-xs" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {t('score.versions')}
      </Button>
      {opened && data && (
        <ul className={styles.versions}>
          {data.items.map((version) => (
            <li key={version.version}>
              {t(version.terms === null ? 'score.versionReset' : 'score.versionSaved', {
                who: actorName(version.savedBy),
                because: version.because,
              })}{' '}
              <TimeAgo time={version.savedAt} />
            </li>
          ))}
          {data.items.length === 0 && <li>{t('score.noVersions')}</li>}
        </ul>
      )}
    </>
  )
}
