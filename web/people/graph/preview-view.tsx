import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { AuthorLine } from '../../listening/author-line.tsx'
import { useNetworkName } from '../../listening/network-names.ts'
import { failureOf } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { useFieldName } from './field-name.ts'
import styles from './graph.module.css'
import { OperationLine } from './operation-line.tsx'
import type { Conflict, Party, Preview, PreviewedAct } from './shapes.ts'

const ACCOUNTS_SHOWN = 8

/**
 * What an act would do, as the server tried it: who is together afterwards, what contradicts, who will see it. `onOvertaken`: it
 * cannot be done any more, because somebody was faster, and the caller shows something else.
 */
export function ActPreview({ act, onOvertaken }: { act: PreviewedAct; onOvertaken?: () => void }) {
  const t = useTexts('people')
  const { data, error, refetch } = useQuery({
    ...useApi().people.graph.preview.queryOptions({ input: act }),
    gcTime: 0,
    retry: false,
  })
  const isOvertaken = onOvertaken !== undefined && error !== null && failureOf(error).status === 409
  useEffect(() => {
    if (isOvertaken) onOvertaken()
  }, [isOvertaken, onOvertaken])
  if (error && !isOvertaken) return <QueryError error={error} onRetry={() => void refetch()} />
  return (
    <section className={styles.preview} aria-label={t('graph.preview.title')} aria-busy={!data}>
      {data ? <Previewed preview={data} undoing={act.kind === 'undo'} /> : <RowSkeletons />}
    </section>
  )
}

function Previewed({ preview, undoing }: { preview: Preview; undoing: boolean }) {
  const t = useTexts('people')
  const formats = useFormats()
  const { after, nobodys, conflicts, later, erased, seenBy } = preview
  return (
    <>
      <h3 className={styles.heading}>{t('graph.preview.after')}</h3>
      <ul className={styles.parties}>
        {after.map((party) => (
          <PartyView key={party.personId} party={party} />
        ))}
        {nobodys.length > 0 && (
          <li className={styles.party}>
            <span className={styles.name}>{t('graph.preview.nobodys')}</span>
            {nobodys.map((author) => (
              <AuthorLine key={author.authorId} author={author} />
            ))}
          </li>
        )}
        {after.length === 0 && nobodys.length === 0 && (
          <li className={styles.quiet}>{t('graph.preview.nobodyLeft')}</li>
        )}
      </ul>
      {conflicts.map((conflict) => (
        <ConflictLine
          key={`${conflict.conflict} ${conflict.of} ${conflict.personId}`}
          conflict={conflict}
          after={after}
        />
      ))}
      {erased.persons + erased.authors > 0 && (
        <p className={styles.warning}>
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
          {t('graph.preview.erased', { count: erased.persons + erased.authors })}
        </p>
      )}
      {undoing && later.length > 0 && (
        <>
          <h3 className={styles.heading}>{t('graph.preview.later')}</h3>
          <ul className={styles.later}>
            {later.map((operation) => (
              <li key={operation.operationId}>
                <OperationLine operation={operation} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={styles.quiet}>
        {t('graph.preview.seenBy', { roles: formats.list(seenBy.map((role) => t(`accounts:role.${role}.name`))) })}
      </p>
    </>
  )
}

function PartyView({ party }: { party: Party }) {
  const t = useTexts('people')
  const rest = party.authors.length - ACCOUNTS_SHOWN
  return (
    <li className={styles.party}>
      <span className={styles.name}>{party.name || t('graph.nameless')}</span>
      {party.authors.slice(0, ACCOUNTS_SHOWN).map((author) => (
        <AuthorLine key={author.authorId} author={author} />
      ))}
      {rest > 0 && <span className={styles.quiet}>{t('graph.preview.moreAccounts', { count: rest })}</span>}
      {party.authors.length === 0 && <span className={styles.quiet}>{t('graph.preview.noAccounts')}</span>}
      <span className={styles.quiet}>
        {party.facts
          .filter(({ count }) => count > 0)
          .map(({ fact, count }) => t(`graph.fact.${fact}`, { count }))
          .join(' · ')}
      </span>
    </li>
  )
}

function ConflictLine({ conflict, after }: { conflict: Conflict; after: readonly Party[] }) {
  const t = useTexts('people')
  const formats = useFormats()
  const networkName = useNetworkName()
  const fieldName = useFieldName()
  const { of, values } = conflict
  const person = after.find(({ personId }) => personId === conflict.personId)?.name ?? ''
  return (
    <p className={styles.warning}>
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
      <span>
        {t(`graph.conflict.${conflict.conflict}`, {
          person,
          values: formats.list(values),
          of: conflict.conflict === 'proved-accounts' ? networkName(of ?? '') : fieldName(of ?? ''),
        })}
      </span>
    </p>
  )
}
