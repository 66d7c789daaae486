import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconBan, IconEye, IconInfoCircle } from '@tabler/icons-react'
import { useTexts } from '../../platform/i18n.ts'
import { type PolicyFinding, useFindingWords } from './judgement.ts'
import styles from './policy.module.css'

const SIGNS = { inform: IconInfoCircle, confirm: IconAlertTriangle, 'four-eyes': IconEye, refuse: IconBan }
/** So much of what surrounds the words is shown with them. */
const AROUND_CHARACTERS = 24

interface FindingListProps {
  findings: readonly PolicyFinding[]
  text: string
  /** Leads to the words in the field. */
  onShow?: (span: PolicyFinding['spans'][number]) => void
  /** Says that a finding is wrong. */
  onFalseAlarm?: (finding: PolicyFinding) => void
  reported?: ReadonlySet<string>
}

export const keyOf = ({ check, code, spans }: PolicyFinding): string => `${check}.${code}.${spans[0]?.from ?? ''}`

/** What was found, in which words, and what to do instead; hardest first. */
export function FindingList({ findings, text, onShow, onFalseAlarm, reported }: FindingListProps) {
  const t = useTexts('publishing')
  const wordsOf = useFindingWords()
  return (
    <ul className={styles.findings}>
      {findings.map((finding) => {
        const { found, instead } = wordsOf(finding)
        const Sign = SIGNS[finding.action]
        const span = finding.spans.find(({ part }) => part === 'text')
        return (
          <li key={keyOf(finding)} className={styles.finding} data-action={finding.action}>
            <Sign size={15} stroke={1.8} aria-label={t(`policy.action.${finding.action}`)} role="img" />
            <div>
              <p className={styles.found}>
                {found} <span className={styles.instead}>{instead}</span>
              </p>
              <p className={styles.foot}>
                {span && <Words text={text} span={span} {...(onShow ? { onShow: () => onShow(span) } : {})} />}
                {onFalseAlarm &&
                  (reported?.has(keyOf(finding)) ? (
                    <span className={styles.quiet}>{t('policy.reported')}</span>
                  ) : (
                    <UnstyledButton className={styles.report} onClick={() => onFalseAlarm(finding)}>
                      {t('policy.falseAlarm')}
                    </UnstyledButton>
                  ))}
              </p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

function Words({
  text,
  span: { from, to },
  onShow,
}: {
  text: string
  span: { from: number; to: number }
  onShow?: () => void
}) {
  const t = useTexts('publishing')
  const begin = Math.max(0, from - AROUND_CHARACTERS)
  const end = Math.min(text.length, to + AROUND_CHARACTERS)
  const words = (
    <span dir="auto">
      {begin > 0 && '…'}
      {text.slice(begin, from)}
      <mark className={styles.mark}>{text.slice(from, to)}</mark>
      {text.slice(to, end)}
      {end < text.length && '…'}
    </span>
  )
  return onShow ? (
    <UnstyledButton className={styles.words} onClick={onShow} title={t('policy.show')}>
      {words}
    </UnstyledButton>
  ) : (
    <span className={styles.words}>{words}</span>
  )
}
