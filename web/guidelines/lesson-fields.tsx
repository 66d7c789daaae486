import { ActionIcon, Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTexts } from '../platform/i18n.ts'
import styles from './guidelines.module.css'
import type { LessonQuestion, LessonText } from './lesson-texts.ts'

const OPTIONS_MIN = 2
const OPTIONS_MAX = 8

interface LessonFieldsProps {
  lesson: LessonText
  onChange(lesson: LessonText): void
  onRight(question: string, option: string, right: boolean): void
  onAddOption(question: string): void
  onRemoveOption(question: string, option: string): void
  onRemoveQuestion(question: string): void
}

/** The words of one language; what is asked and what is right is common to all. */
export function LessonFields({ lesson, onChange, ...structure }: LessonFieldsProps) {
  const t = useTexts('guidelines')
  const change = (question: LessonQuestion) =>
    onChange({ ...lesson, questions: lesson.questions.map((one) => (one.key === question.key ? question : one)) })
  return (
    <>
      <TextInput
        label={t('titleField')}
        value={lesson.title}
        onChange={(event) => onChange({ ...lesson, title: event.currentTarget.value })}
        required
        maxLength={200}
      />
      <Textarea
        label={t('lesson')}
        description={t('textWhy')}
        value={lesson.lesson}
        onChange={(event) => onChange({ ...lesson, lesson: event.currentTarget.value })}
        autosize
        minRows={6}
        maxRows={20}
        maxLength={50_000}
      />
      {lesson.questions.map((question, index) => (
        <QuestionFields
          key={question.key}
          number={index + 1}
          question={question}
          removable={lesson.questions.length > 1}
          onChange={change}
          {...structure}
        />
      ))}
    </>
  )
}

interface QuestionFieldsProps extends Omit<LessonFieldsProps, 'lesson' | 'onChange'> {
  number: number
  question: LessonQuestion
  removable: boolean
  onChange(question: LessonQuestion): void
}

function QuestionFields({ number, question, removable, onChange, ...structure }: QuestionFieldsProps) {
  const t = useTexts('guidelines')
  const { key, options } = question
  const setOption = (option: string, text: string) =>
    onChange({ ...question, options: options.map((one) => (one.key === option ? { ...one, text } : one)) })
  return (
    <div className={styles.box}>
      <TextInput
        label={t('question', { number })}
        value={question.question}
        onChange={(event) => onChange({ ...question, question: event.currentTarget.value })}
        required
        maxLength={500}
      />
      {options.map((option, index) => (
        <div key={option.key} className={styles.optionRow}>
          <Checkbox
            aria-label={t('isRight', { number: index + 1 })}
            title={t('isRight', { number: index + 1 })}
            checked={option.right}
            onChange={(event) => structure.onRight(key, option.key, event.currentTarget.checked)}
          />
          {options.length > OPTIONS_MIN && (
            <ActionIcon
              aria-label={t('removeOption', { number: index + 1 })}
              onClick={() => structure.onRemoveOption(key, option.key)}
            >
              <IconTrash size={14} />
            </ActionIcon>
          )}
          <TextInput
            aria-label={t('option', { number: index + 1 })}
            value={option.text}
            onChange={(event) => setOption(option.key, event.currentTarget.value)}
            required
            maxLength={500}
          />
        </div>
      ))}
      <Textarea
        label={t('explanation')}
        value={question.explanation}
        onChange={(event) => onChange({ ...question, explanation: event.currentTarget.value })}
        required
        autosize
        maxLength={2_000}
      />
      <div className={styles.actions}>
        {options.length < OPTIONS_MAX && (
          <Button size="xs" onClick={() => structure.onAddOption(key)}>
            {t('addOption')}
          </Button>
        )}
        {removable && (
          <Button size="xs" variant="subtle" onClick={() => structure.onRemoveQuestion(key)}>
            {t('removeQuestion')}
          </Button>
        )}
      </div>
    </div>
  )
}
