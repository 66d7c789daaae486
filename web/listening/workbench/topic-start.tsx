import { Button, UnstyledButton } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBuildingStore,
  IconCategory,
  IconFileImport,
  IconPencil,
  IconSpeakerphone,
  IconSwords,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import { currentInSight } from '../../ui/current-in-sight.ts'
import { STARTS, type Start } from './addresses.ts'
import type { TemplateAnswer } from './answers.ts'
import { RuleImport } from './rule-import.tsx'
import { TemplateForm } from './template-form.tsx'
import styles from './workbench.module.css'

const ICONS: Record<Start, typeof IconPencil> = {
  brand: IconBuildingStore,
  competitor: IconSwords,
  category: IconCategory,
  campaign: IconSpeakerphone,
  crisis: IconAlertTriangle,
  rules: IconFileImport,
  own: IconPencil,
}

interface TopicStartProps {
  start: Start
  onTemplate(made: TemplateAnswer): void
  onRule(rule: { name: string; query: string }): void
  onOwn(): void
}

/** What a new topic begins with: what one listens for, rules from another product, or an empty field. */
export function TopicStart({ start, onTemplate, onRule, onOwn }: TopicStartProps) {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  return (
    <div className={styles.start}>
      <nav aria-label={t('workbench.start.label')}>
        <ul ref={currentInSight} className={styles.starts}>
          {STARTS.map((each) => {
            const Icon = ICONS[each]
            return (
              <li key={each}>
                <UnstyledButton
                  className={styles.startChoice}
                  renderRoot={(props) => (
                    <Link
                      to="/w/$slug/listening/topics/new"
                      params={{ slug }}
                      search={{ start: each }}
                      replace
                      aria-current={each === start ? 'page' : undefined}
                      {...props}
                    />
                  )}
                >
                  <Icon size={18} stroke={1.6} aria-hidden />
                  <span>
                    <strong>{t(`workbench.start.${each}.title`)}</strong>
                    <span className={styles.quiet}>{t(`workbench.start.${each}.what`)}</span>
                  </span>
                </UnstyledButton>
              </li>
            )
          })}
        </ul>
      </nav>
      <div className={styles.startForm}>
        {start === 'rules' && <RuleImport onTake={onRule} />}
        {start === 'own' && (
          <>
            <p className={styles.quiet}>{t('workbench.start.own.how')}</p>
            <Button variant="filled" onClick={onOwn}>
              {t('topics.propose.own')}
            </Button>
          </>
        )}
        {start !== 'rules' && start !== 'own' && <TemplateForm key={start} template={start} onMade={onTemplate} />}
      </div>
    </div>
  )
}
