import { Button } from '@mantine/core'
import { IconArrowBackUp, IconArrowsJoin, IconArrowsSplit, IconClock } from '@tabler/icons-react'
import { useTexts } from '../../platform/i18n.ts'
import { keyCaps } from '../../platform/shortcuts.ts'
import type { Answer, Suggestion } from './shapes.ts'
import styles from './suggestions.module.css'

interface AnswerActionsProps {
  suggestion: Suggestion
  onAnswer(answer: Answer): void
  onUndo(): void
  onTakeBack(suggestionId: string): void
}

const Cap = ({ keys }: { keys: string }) => (
  <kbd className={styles.cap} aria-hidden>
    {keyCaps(keys).join(' ')}
  </kbd>
)

/** The buttons of the keys; what was answered has the one that takes it back. */
export function AnswerActions({ suggestion, onAnswer, onUndo, onTakeBack }: AnswerActionsProps) {
  const t = useTexts('people')
  if (suggestion.state !== 'open')
    return (
      <fieldset className={styles.actions} aria-label={t('suggestions.title')}>
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} stroke={1.8} aria-hidden />}
          onClick={() => onTakeBack(suggestion.suggestionId)}
        >
          {t(`suggestions.takeBack.${suggestion.state}`)}
        </Button>
      </fieldset>
    )
  return (
    <fieldset className={styles.actions} aria-label={t('suggestions.title')}>
      <Button
        leftSection={<IconArrowsJoin size={16} stroke={1.8} aria-hidden />}
        rightSection={<Cap keys="y" />}
        onClick={() => onAnswer('confirm')}
      >
        {t('suggestions.yes')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconArrowsSplit size={16} stroke={1.8} aria-hidden />}
        rightSection={<Cap keys="n" />}
        onClick={() => onAnswer('refuse')}
      >
        {t('suggestions.no')}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconClock size={16} stroke={1.8} aria-hidden />}
        rightSection={<Cap keys="l" />}
        onClick={() => onAnswer('putOff')}
      >
        {t('suggestions.later')}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconArrowBackUp size={16} stroke={1.8} aria-hidden />}
        rightSection={<Cap keys="u" />}
        onClick={onUndo}
      >
        {t('suggestions.undo')}
      </Button>
    </fieldset>
  )
}
