import { Button, Modal } from '@mantine/core'
import { IconSpeakerphone } from '@tabler/icons-react'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { LanguageName } from '../ui/language-name.tsx'
import { Tag, type Tone } from '../ui/tag.tsx'
import styles from './crisis.module.css'
import { CrisisPlace } from './crisis-place.tsx'
import { useSaved } from './saved.ts'
import type { Statement } from './shapes.ts'
import { StatementForm } from './statement-form.tsx'

const TONES: Record<Statement['state'], Tone> = { draft: 'neutral', waiting: 'notice', approved: 'good' }

/** What may be said before everything is known, approved by a second person in calm. */
export function StatementsScreen() {
  const t = useTexts('crisis')
  const statements = useSuspenseQuery(useApi().crisis.statements.list.queryOptions({ input: {} })).data.items
  const mayManage = useMay('crisis.manage')
  const [edited, setEdited] = useState<Statement | 'new' | null>(null)
  const add = (
    <Button variant="filled" onClick={() => setEdited('new')}>
      {t('statement.new')}
    </Button>
  )
  return (
    <CrisisPlace title={t('tab.statements')} action={mayManage && statements.length > 0 ? add : null}>
      <div className={styles.column}>
        {statements.length === 0 ? (
          <Empty icon={IconSpeakerphone} title={t('statement.empty')} action={mayManage ? add : null}>
            {t('statement.emptyWhy')}
          </Empty>
        ) : (
          <ul className={styles.rows}>
            {statements.map((statement) => (
              <StatementRow
                key={statement.statementId}
                statement={statement}
                {...(mayManage ? { onEdit: () => setEdited(statement) } : {})}
              />
            ))}
          </ul>
        )}
      </div>
      <Modal
        size="lg"
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === 'new' ? t('statement.new') : t('change')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {edited && <StatementForm statement={edited === 'new' ? null : edited} onDone={() => setEdited(null)} />}
      </Modal>
    </CrisisPlace>
  )
}

function StatementRow({ statement, onEdit }: { statement: Statement; onEdit?: () => void }) {
  const t = useTexts('crisis')
  const formats = useFormats()
  const api = useApi()
  const { memberId } = useWorkspace()
  const mayApprove = useMay('answers.approve')
  const saved = useSaved()
  const submit = useMutation(api.crisis.statements.submit.mutationOptions(saved))
  const approve = useMutation(api.crisis.statements.approve.mutationOptions(saved))
  const { statementId, version, name, texts, state, topicName, approvedByName, approvedAt, writtenById } = statement
  const failed = submit.error ?? approve.error
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <strong>{name}</strong>
        {Object.entries(texts).map(([language, text]) => (
          <span key={language} className={styles.statement} lang={language}>
            <span className={styles.quiet}>
              <LanguageName tag={language} />
            </span>
            {text}
          </span>
        ))}
        <span className={styles.quiet}>
          {topicName ? t('scope.topic', { topic: topicName }) : t('statement.anyTopic')}
          {approvedByName &&
            approvedAt &&
            ` · ${t('statement.approvedBy', { name: approvedByName, date: formats.date(approvedAt) })}`}
        </span>
        {state === 'waiting' && writtenById === memberId && (
          <span className={styles.quiet}>{t('statement.waitsForOthers')}</span>
        )}
        {failed && (
          <span role="alert" className={styles.fault}>
            {textOfFailure(failureOf(failed))}
          </span>
        )}
      </span>
      <Tag tone={TONES[state]}>{t(`statement.state.${state}`)}</Tag>
      <span className={styles.actions}>
        {onEdit && state === 'draft' && (
          <Button size="xs" loading={submit.isPending} onClick={() => submit.mutate({ statementId })}>
            {t('statement.submit')}
          </Button>
        )}
        {mayApprove && state === 'waiting' && writtenById !== memberId && (
          <Button
            size="xs"
            variant="filled"
            loading={approve.isPending}
            onClick={() => approve.mutate({ statementId, version })}
          >
            {t('statement.approve')}
          </Button>
        )}
        {onEdit && (
          <Button size="xs" onClick={onEdit} aria-label={t('changeNamed', { name })}>
            {t('change')}
          </Button>
        )}
      </span>
    </li>
  )
}
