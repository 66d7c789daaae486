import { Button, NumberInput, Switch } from '@mantine/core'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormSaved } from '../platform/form-saved.ts'
import { type Language, useLanguage, useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { Place } from '../ui/place.tsx'
import styles from './guidelines.module.css'
import { LanguageTabs } from './language-tabs.tsx'
import { LessonFields } from './lesson-fields.tsx'
import type { TrainingTexts } from './lesson-texts.ts'
import { addOption, addQuestion, removeOption, removeQuestion, setRight } from './lesson-texts.ts'
import { Retire } from './retire.tsx'
import { chosenLanguage } from './titles.ts'

/** Rules and words of a training: each language has words of its own, all ask the same. */
export function EditTrainingScreen() {
  const t = useTexts('guidelines')
  const { slug, trainingId } = useParams({ from: '/w/$slug/programme/trainings/$trainingId/edit' })
  const api = useApi()
  const navigate = useNavigate()
  const reader = useLanguage()
  const training = useSuspenseQuery(api.guidelines.trainings.edit.queryOptions({ input: { trainingId } })).data
  const [texts, setTexts] = useState<TrainingTexts>(training.texts)
  const [rules, setRules] = useState({
    passPercent: training.passPercent,
    attemptsMax: training.attemptsMax,
    pauseHours: training.pauseHours,
    validityMonths: training.validityMonths,
  })
  const [asksAgain, setAsksAgain] = useState(false)
  const [retiring, setRetiring] = useState(false)
  const [wished, setWished] = useState<Language>(reader)
  const language = chosenLanguage(texts, wished)
  const lesson = texts[language]
  const back = () => void navigate({ to: '/w/$slug/programme/trainings/$trainingId', params: { slug, trainingId } })
  const change = useMutation(
    api.guidelines.trainings.change.mutationOptions(useFormSaved(api.guidelines.key(), t('saved'), back)),
  )
  if (!lesson) return null
  return (
    <Place title={lesson.title} onBack={back}>
      <Form
        submit={t('save')}
        busy={change.isPending}
        error={change.error}
        onSubmit={() => change.mutate({ trainingId, version: training.version, texts, ...rules, asksAgain })}
        beside={
          <Button color="red" variant="subtle" onClick={() => setRetiring(true)}>
            {t('retire')}
          </Button>
        }
      >
        <RuleFields rules={rules} onChange={setRules} />
        <div className={styles.actions}>
          <LanguageTabs value={language} among={Object.keys(texts) as Language[]} onChange={setWished} />
        </div>
        <LessonFields
          lesson={lesson}
          onChange={(changed) => setTexts({ ...texts, [language]: changed })}
          onRight={(question, option, right) => setTexts(setRight(texts, question, option, right))}
          onAddOption={(question) => setTexts(addOption(texts, question))}
          onRemoveOption={(question, option) => setTexts(removeOption(texts, question, option))}
          onRemoveQuestion={(question) => setTexts(removeQuestion(texts, question))}
        />
        <Button onClick={() => setTexts(addQuestion(texts))}>{t('addQuestion')}</Button>
        <Switch
          label={t('trainingAgain')}
          description={t('asksAgainWhy')}
          checked={asksAgain}
          onChange={(event) => setAsksAgain(event.currentTarget.checked)}
        />
      </Form>
      {retiring && (
        <Retire
          title={lesson.title}
          what={t('retireTraining')}
          retire={() => api.guidelines.trainings.retire.call({ trainingId })}
          onClose={() => setRetiring(false)}
        />
      )}
    </Place>
  )
}

interface Rules {
  passPercent: number
  attemptsMax: number
  pauseHours: number
  validityMonths: number | null
}

function RuleFields({ rules, onChange }: { rules: Rules; onChange(rules: Rules): void }) {
  const t = useTexts('guidelines')
  const number = (name: 'passPercent' | 'attemptsMax' | 'pauseHours', max: number) => (
    <NumberInput
      label={t(`rule.${name}`)}
      value={rules[name]}
      onChange={(value) => onChange({ ...rules, [name]: Number(value) || 1 })}
      min={1}
      max={max}
    />
  )
  return (
    <>
      {number('passPercent', 100)}
      {number('attemptsMax', 20)}
      {number('pauseHours', 720)}
      <NumberInput
        label={t('rule.validityMonths')}
        description={t('rule.validityMonthsWhy')}
        value={rules.validityMonths ?? ''}
        onChange={(value) => onChange({ ...rules, validityMonths: value === '' ? null : Number(value) || null })}
        min={1}
        max={120}
      />
    </>
  )
}
