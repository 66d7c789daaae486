import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { POLICY_PRESETS, POLICY_VERDICTS } from '../../../contract/policy-words.ts'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormSaved } from '../../platform/form-saved.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { FormSection } from '../../ui/form.tsx'
import { Place } from '../../ui/place.tsx'
import { ChecksTable } from './checks-table.tsx'
import { DryRun } from './dry-run.tsx'
import { ListFields } from './list-fields.tsx'
import styles from './policy.module.css'
import type { Document, PolicyState } from './policy-state.ts'
import { RuleFields } from './rule-fields.tsx'
import { ScopeFields } from './scope-fields.tsx'
import { TimesForm } from './times-form.tsx'
import { Versions } from './versions.tsx'

const ALWAYS = ['reply', 'post', 'private', 'bot'] as const

/** What is checked before anything is said: changed here, tried on what was said before, and kept in versions. */
export function PolicyScreen() {
  const t = useTexts('publishing')
  const api = useApi()
  const policy = useSuspenseQuery(api.publishing.policy.get.queryOptions({ input: {} })).data
  const navigate = useNavigate({ from: '/w/$slug/policy' })
  return (
    <Place title={t('policy.title')} onBack={() => void navigate({ to: '/w/$slug/settings' })}>
      <Editor key={policy.version} policy={policy} />
    </Place>
  )
}

function Editor({ policy }: { policy: PolicyState }) {
  const t = useTexts('publishing')
  const may = useMay('policy.manage')
  const [document, setDocument] = useState(policy.document)
  const top = useRef<HTMLParagraphElement>(null)
  const change = (changes: Partial<Document>) => setDocument((before) => ({ ...before, ...changes }))
  return (
    <>
      <p ref={top} className={styles.lead}>
        {t('policy.why')}
      </p>
      <TimesForm policy={policy} disabled={!may} />
      <fieldset disabled={!may} className={styles.document}>
        <FormSection title={t('policy.preset.title')} why={t('policy.preset.why')}>
          <Select
            label={t('policy.preset.label')}
            data={POLICY_PRESETS.map((value) => ({ value, label: t(`policy.preset.${value}`) }))}
            value={document.preset}
            onChange={(value) => {
              const preset = POLICY_PRESETS.find((one) => one === value)
              if (preset) change({ preset })
            }}
            allowDeselect={false}
          />
          {ALWAYS.map((kind) => (
            <Select
              key={kind}
              label={t(`policy.always.${kind}`)}
              placeholder={t('policy.always.preset')}
              data={POLICY_VERDICTS.filter((verdict) => verdict !== 'refuse').map((value) => ({
                value,
                label: t(`policy.verdict.${value}`),
              }))}
              value={document.always[kind] ?? null}
              onChange={(value) => {
                const verdict = POLICY_VERDICTS.find((one) => one === value)
                const { [kind]: _, ...others } = document.always
                change({ always: verdict ? { ...others, [kind]: verdict } : others })
              }}
              clearable
            />
          ))}
        </FormSection>
        <ChecksTable policy={policy} document={document} onChange={change} />
        <ListFields document={document} onChange={change} />
        <RuleFields document={document} onChange={change} />
        <ScopeFields document={document} onChange={change} />
      </fieldset>
      {may && <Save policy={policy} document={document} />}
      <Versions
        policy={policy}
        onTake={(taken) => {
          setDocument(taken)
          top.current?.scrollIntoView()
        }}
      />
    </>
  )
}

function Save({ policy, document }: { policy: PolicyState; document: Document }) {
  const t = useTexts('publishing')
  const api = useApi()
  const [note, setNote] = useState('')
  const save = useMutation(
    api.publishing.policy.save.mutationOptions(useFormSaved(api.publishing.policy.key(), t('policy.saved'))),
  )
  const changed = JSON.stringify(document) !== JSON.stringify(policy.document)
  const failure = save.error ? failureOf(save.error) : null
  return (
    <>
      <DryRun document={document} inForce={policy.document} />
      <div className={styles.bar}>
        <TextInput
          label={t('policy.note')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button
          variant="filled"
          disabled={!changed}
          loading={save.isPending}
          onClick={() => save.mutate({ against: policy.version, document, note })}
        >
          {t('policy.save')}
        </Button>
        <div role="alert" style={{ flexBasis: '100%' }}>
          {failure && (
            <p className={styles.error}>
              {failure.code === 'may-not-refuse'
                ? t('policy.mayNotRefuse', { check: t(`policy.check.${String(failure.params.check)}`) })
                : textOfFailure(failure)}
            </p>
          )}
        </div>
      </div>
    </>
  )
}
