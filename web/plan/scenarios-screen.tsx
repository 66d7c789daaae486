import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ProgrammePlace } from '../guidelines/programme-place.tsx'
import { useFormats } from '../platform/formats.ts'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { Tag } from '../ui/tag.tsx'
import styles from './plan.module.css'

/** What can happen, walked through before it does. */
export function ScenariosScreen() {
  const t = useTexts('plan')
  const { slug } = useWorkspace()
  const formats = useFormats()
  const mayManage = useMay('plan.manage')
  const scenarios = useSuspenseQuery(useApi().plan.scenarios.list.queryOptions({ input: {} })).data.items
  return (
    <ProgrammePlace title={t('scenario.title')}>
      <div className={styles.column}>
        {scenarios.length > 0 && (
          <ul className={styles.rows}>
            {scenarios.map((one) => (
              <li key={one.scenarioId} className={styles.row}>
                <span className={styles.main}>
                  <Link to="/w/$slug/programme/scenarios/$scenarioId" params={{ slug, scenarioId: one.scenarioId }}>
                    {one.name}
                  </Link>
                  <br />
                  <span className={styles.quiet}>{one.situation}</span>
                </span>
                <span className={styles.quiet}>
                  {one.lastWalkedAt
                    ? t('scenario.lastWalked', { date: formats.date(one.lastWalkedAt) })
                    : t('scenario.neverWalked')}
                  {one.openPoints > 0 && ` · ${t('scenario.openPoints', { count: one.openPoints })}`}
                </span>
                {one.walking && <Tag tone="accent">{t('scenario.walking')}</Tag>}
                {!one.walking && one.lastOutcome && (
                  <Tag tone={one.lastOutcome === 'ready' ? 'good' : 'notice'}>{t(`outcome.${one.lastOutcome}`)}</Tag>
                )}
              </li>
            ))}
          </ul>
        )}
        {mayManage && <Templates />}
        {!mayManage && scenarios.length === 0 && <p className={styles.quiet}>{t('scenario.empty')}</p>}
      </div>
    </ProgrammePlace>
  )
}

function Templates() {
  const t = useTexts('plan')
  const api = useApi()
  const language = useLanguage()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const templates = useQuery(api.plan.scenarios.templates.queryOptions({ input: { language } })).data?.items ?? []
  const create = useMutation(
    api.plan.scenarios.create.mutationOptions({
      onSuccess: async ({ scenarioId }) => {
        await queries.invalidateQueries({ queryKey: api.plan.key() })
        await navigate({ to: '/w/$slug/programme/scenarios/$scenarioId', params: { slug, scenarioId } })
      },
    }),
  )
  const own = {
    name: t('scenario.ownName'),
    situation: '',
    steps: [{ key: 'step-1', text: t('scenario.ownStep'), who: '' }],
  }
  return (
    <section>
      <h2>{t('scenario.templates')}</h2>
      <p className={styles.quiet}>{t('scenario.templatesWhy')}</p>
      <ul className={styles.rows}>
        {templates.map((template) => (
          <li key={template.template} className={styles.row}>
            <span className={styles.main}>
              <strong>{template.name}</strong>
              <span className={styles.quiet}>{template.situation}</span>
            </span>
            <Button
              size="xs"
              onClick={() => create.mutate(template)}
              aria-label={t('scenario.takeNamed', { name: template.name })}
            >
              {t('scenario.take')}
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => create.mutate(own)}>{t('scenario.new')}</Button>
    </section>
  )
}
