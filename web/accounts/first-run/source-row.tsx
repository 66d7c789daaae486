import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { i18n, useTexts } from '../../platform/i18n.ts'
import type { useApi } from '../../platform/session.ts'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { Tag, type Tone } from '../../ui/tag.tsx'
import styles from './first-run.module.css'

type List = ReturnType<typeof useApi>['listening']['sources']['list']
export type Source = Awaited<ReturnType<List['call']>>['items'][number]

const TONES: Record<Source['state'], Tone> = {
  active: 'good',
  paused: 'neutral',
  failing: 'notice',
  'needs-credentials': 'urgent',
  gone: 'urgent',
  'over-budget': 'notice',
}

/** One source: whether it is heard, how much it brought, and what stands in the way. */
export function SourceRow({ source }: { source: Source }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const { failure, state } = source
  const waiting = state === 'active' && source.lastSuccessAt === null && failure === null
  const heard = Number(source.heardCount)
  return (
    <li className={styles.source}>
      <NetworkMark network={source.network === 'bluesky-stream' ? 'bluesky' : source.network} />
      <span className={styles.sourceName}>{source.name}</span>
      {heard > 0 && (
        <span className={styles.quiet}>
          {t('firstRun.source.heard', {
            count: heard,
            number: formats.number(heard),
            kept: formats.number(Number(source.keptCount)),
          })}
        </span>
      )}
      <Tag tone={waiting ? 'accent' : TONES[state]}>
        {waiting ? t('firstRun.source.asking') : t(`firstRun.source.state.${state}`)}
      </Tag>
      {failure && state !== 'active' && <SourceFailure name={failure.name} detail={failure.detail} />}
    </li>
  )
}

/** A named failure of a network in a sentence; the network's own words are for whoever has to mend it. */
export function SourceFailure({ name, detail }: { name: string; detail: string }) {
  return (
    <div className={styles.wrong} style={{ flexBasis: '100%' }}>
      {textOfNetworkFailure(name)}
      {detail !== '' && <div className={styles.quiet}>{detail}</div>}
    </div>
  )
}

export const textOfNetworkFailure = (name: string): string =>
  i18n.exists(`listening:failure.${name}`)
    ? i18n.t(`listening:failure.${name}`)
    : i18n.t('listening:failure.other', { name })

/** A refused new source carries the network's failure inside. */
export function textOfSourceError(error: unknown): string {
  const failure = failureOf(error)
  return failure.code === 'source-check-failed'
    ? textOfNetworkFailure(String(failure.params.failure ?? 'upstream'))
    : textOfFailure(failure)
}
