import { Select, Switch, Textarea } from '@mantine/core'
import { useState } from 'react'
import { POLICY_CHECK_IDS } from '../../../contract/policy-words.ts'
import { useTexts } from '../../platform/i18n.ts'
import { FormSection } from '../../ui/form.tsx'
import { SWITCHED_CHECKS } from './check-groups.ts'
import type { Document } from './policy-state.ts'

interface FieldsProps {
  document: Document
  onChange(changes: Partial<Document>): void
}

/** What is ours and may be said, how we address people, and words that are no finding. */
export function ListFields({ document, onChange }: FieldsProps) {
  const t = useTexts('publishing')
  const { own, address } = document
  return (
    <>
      <FormSection title={t('policy.own.title')} why={t('policy.own.why')}>
        {(['mails', 'phones', 'ibans', 'addresses'] as const).map((name) => (
          <Lines
            key={name}
            label={t(`policy.own.${name}`)}
            value={own[name]}
            onChange={(lines) => onChange({ own: { ...own, [name]: lines } })}
          />
        ))}
        <Lines
          label={t('policy.own.links')}
          description={t('policy.own.linksWhy')}
          value={document.links}
          onChange={(links) => onChange({ links })}
        />
        <Lines
          label={t('policy.own.numbers')}
          description={t('policy.own.numbersWhy')}
          value={document.numberPatterns}
          onChange={(numberPatterns) => onChange({ numberPatterns })}
        />
      </FormSection>
      <FormSection title={t('policy.voice.title')} why={t('policy.voice.why')}>
        <Select
          label={t('policy.voice.de')}
          placeholder={t('policy.voice.either')}
          data={['du', 'Sie']}
          value={address.de}
          onChange={(value) =>
            onChange({ address: { ...address, de: value === 'du' || value === 'Sie' ? value : null } })
          }
          clearable
        />
        <Select
          label={t('policy.voice.nl')}
          placeholder={t('policy.voice.either')}
          data={['je', 'u']}
          value={address.nl}
          onChange={(value) =>
            onChange({ address: { ...address, nl: value === 'je' || value === 'u' ? value : null } })
          }
          clearable
        />
        <Switch
          label={t('policy.voice.bots')}
          checked={document.botsSaySo}
          onChange={(event) => onChange({ botsSaySo: event.currentTarget.checked })}
        />
        <Switch
          label={t('policy.voice.names')}
          checked={document.fullNames}
          onChange={(event) => onChange({ fullNames: event.currentTarget.checked })}
        />
      </FormSection>
      <Exceptions document={document} onChange={onChange} />
    </>
  )
}

interface LinesProps {
  label: string
  description?: string
  value: readonly string[]
  onChange(lines: string[]): void
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** One entry a line. What is typed stays as it is while it is typed. */
export function Lines({ label, description, value, onChange }: LinesProps) {
  const [text, setText] = useState(value.join('\n'))
  const shown = linesOf(text).join('\n') === value.join('\n') ? text : value.join('\n')
  return (
    <Textarea
      label={label}
      {...(description ? { description } : {})}
      value={shown}
      autosize
      minRows={2}
      maxRows={10}
      onChange={(event) => {
        setText(event.currentTarget.value)
        onChange(linesOf(event.currentTarget.value))
      }}
    />
  )
}

/** By check: a hotline's number, a product in capitals. */
function Exceptions({ document, onChange }: FieldsProps) {
  const t = useTexts('publishing')
  const used = [...new Set(document.exceptions.map(({ check }) => check))]
  const [added, setAdded] = useState<string[]>([])
  const shown = POLICY_CHECK_IDS.filter((check) => used.includes(check) || added.includes(check))
  return (
    <FormSection title={t('policy.exceptions.title')} why={t('policy.exceptions.why')}>
      {shown.map((check) => (
        <Lines
          key={check}
          label={t(`policy.check.${check}`)}
          value={document.exceptions.filter((one) => one.check === check).map(({ words }) => words)}
          onChange={(lines) =>
            onChange({
              exceptions: [
                ...document.exceptions.filter((one) => one.check !== check),
                ...lines.map((words) => ({ check, words })),
              ],
            })
          }
        />
      ))}
      <Select
        label={t('policy.exceptions.add')}
        data={SWITCHED_CHECKS.filter((check) => !shown.includes(check)).map((value) => ({
          value,
          label: t(`policy.check.${value}`),
        }))}
        value={null}
        onChange={(value) => value && setAdded([...added, value])}
        searchable
      />
    </FormSection>
  )
}
