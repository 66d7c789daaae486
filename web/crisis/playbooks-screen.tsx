import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import styles from './crisis.module.css'
import { CrisisPlace } from './crisis-place.tsx'
import { PlaybookForm } from './playbook-form.tsx'
import { useSaved } from './saved.ts'
import type { Playbook } from './shapes.ts'

/** Checklists, written in calm. */
export function PlaybooksScreen() {
  const t = useTexts('crisis')
  const playbooks = useSuspenseQuery(useApi().crisis.playbooks.list.queryOptions({ input: {} })).data.items
  const mayManage = useMay('crisis.manage')
  const [edited, setEdited] = useState<Playbook | 'new' | null>(null)
  const add = (
    <Button variant="filled" onClick={() => setEdited('new')}>
      {t('playbook.new')}
    </Button>
  )
  return (
    <CrisisPlace title={t('tab.playbooks')} action={mayManage ? add : null}>
      <div className={styles.column}>
        {playbooks.length === 0 && <p className={styles.quiet}>{t('playbook.empty')}</p>}
        <ul className={styles.rows}>
          {playbooks.map((playbook) => (
            <li key={playbook.playbookId} className={styles.row}>
              <details className={styles.main}>
                <summary>
                  {playbook.name}{' '}
                  <span className={styles.quiet}>{t('steps.count', { count: playbook.steps.length })}</span>
                </summary>
                <p>{playbook.situation}</p>
                <ol>
                  {playbook.steps.map((step) => (
                    <li key={step.key}>
                      {step.text} {step.who && <span className={styles.quiet}>({step.who})</span>}
                    </li>
                  ))}
                </ol>
              </details>
              {mayManage && (
                <Button
                  size="xs"
                  onClick={() => setEdited(playbook)}
                  aria-label={t('changeNamed', { name: playbook.name })}
                >
                  {t('change')}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {mayManage && <Templates />}
      </div>
      <Modal
        size="lg"
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === 'new' ? t('playbook.new') : t('change')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {edited && <PlaybookForm playbook={edited === 'new' ? null : edited} onDone={() => setEdited(null)} />}
      </Modal>
    </CrisisPlace>
  )
}

function Templates() {
  const t = useTexts('crisis')
  const api = useApi()
  const language = useLanguage()
  const templates = useQuery(api.crisis.playbooks.templates.queryOptions({ input: { language } })).data?.items ?? []
  // No form stands here that would say why it failed.
  const create = useMutation(api.crisis.playbooks.create.mutationOptions({ ...useSaved(), meta: {} }))
  return (
    <section>
      <h2>{t('playbook.templates')}</h2>
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
              aria-label={t('playbook.takeNamed', { name: template.name })}
            >
              {t('playbook.take')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
