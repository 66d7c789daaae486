import { UnstyledButton } from '@mantine/core'
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react'
import { useTexts } from '../../platform/i18n.ts'
import { keyCaps } from '../../platform/shortcuts.ts'
import type { ShownPost, Verdict } from './answers.ts'
import styles from './workbench.module.css'

export const VERDICT_KEYS: Record<Verdict, string> = { 'for-us': 'y', 'not-for-us': 'n' }

interface VerdictButtonsProps {
  verdict: ShownPost['verdict']
  /** Null takes it back. */
  onVerdict(verdict: Verdict | null): void
}

/** For us or not; the one that is pressed is taken back by pressing it again. */
export function VerdictButtons({ verdict, onVerdict }: VerdictButtonsProps) {
  const t = useTexts('listening')
  return (
    <span className={styles.verdicts}>
      {(['for-us', 'not-for-us'] as const).map((each) => {
        const Icon = each === 'for-us' ? IconThumbUp : IconThumbDown
        return (
          <UnstyledButton
            key={each}
            className={styles.verdict}
            aria-pressed={verdict === each}
            data-verdict={each}
            title={keyCaps(VERDICT_KEYS[each]).join(' ')}
            onClick={() => onVerdict(verdict === each ? null : each)}
          >
            <Icon size={14} stroke={1.8} aria-hidden />
            {t(`workbench.verdict.${each}`)}
          </UnstyledButton>
        )
      })}
    </span>
  )
}
