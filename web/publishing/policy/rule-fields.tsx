import { Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { POLICY_RISKS } from '../../../contract/policy-words.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { FormSection } from '../../ui/form.tsx'
import { Lines } from './list-fields.tsx'
import styles from './policy.module.css'
import type { Document } from './policy-state.ts'

interface FieldsProps {
  document: Document
  onChange(changes: Partial<Document>): void
}

const replaced = <Item,>(items: readonly Item[], index: number, changes: Partial<Item>): Item[] =>
  items.map((item, at) => (at === index ? { ...item, ...changes } : item))
const without = <Item,>(items: readonly Item[], index: number): Item[] => items.filter((_, at) => at !== index)

/** Words that must not be said, or not yet, words that must stand beside others, and brands that speak elsewhere. */
export function RuleFields(props: FieldsProps) {
  return (
    <>
      <Claims {...props} />
      <Embargoes {...props} />
      <Disclosures {...props} />
      <Others {...props} />
    </>
  )
}

function Claims({ document: { claims }, onChange }: FieldsProps) {
  const t = useTexts('publishing')
  const topics = useQuery(useApi().listening.topics.list.queryOptions({ input: {} })).data?.items ?? []
  return (
    <FormSection title={t('policy.claims.title')} why={t('policy.claims.why')}>
      {claims.map((claim, index) => {
        const set = (changes: Partial<typeof claim>) => onChange({ claims: replaced(claims, index, changes) })
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other identity while their name is typed.
          <div key={index} className={styles.card}>
            <TextInput
              label={t('policy.rule.name')}
              value={claim.id}
              maxLength={80}
              onChange={(event) => set({ id: event.currentTarget.value })}
            />
            <TextInput
              label={t('policy.claims.query')}
              value={claim.query}
              onChange={(event) => set({ query: event.currentTarget.value })}
            />
            <div className={styles.choice}>
              <Select
                label={t('policy.rule.risk')}
                data={POLICY_RISKS.map((value) => ({ value, label: t(`policy.weight.${value}`) }))}
                value={claim.risk}
                onChange={(value) => set({ risk: POLICY_RISKS.find((risk) => risk === value) ?? 'medium' })}
                allowDeselect={false}
              />
              <Select
                label={t('policy.rule.topic')}
                placeholder={t('policy.rule.everyTopic')}
                data={topics.map(({ topicId, name }) => ({ value: topicId, label: name }))}
                value={claim.topicIds[0] ?? null}
                onChange={(value) => set({ topicIds: value ? [value] : [] })}
                clearable
              />
            </div>
            <div>
              <Button size="compact-xs" onClick={() => onChange({ claims: without(claims, index) })}>
                {t('policy.rule.remove')}
              </Button>
            </div>
          </div>
        )
      })}
      <div>
        <Button onClick={() => onChange({ claims: [...claims, { id: '', query: '', topicIds: [], risk: 'medium' }] })}>
          {t('policy.claims.add')}
        </Button>
      </div>
    </FormSection>
  )
}

const DAY_MS = 86_400_000
const two = (value: number): string => String(value).padStart(2, '0')
/** As a field of date and time takes it: in the reader's own time. */
const fieldText = (at: Date): string =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`

function Embargoes({ document: { embargoes }, onChange }: FieldsProps) {
  const t = useTexts('publishing')
  const added = () => ({ id: '', query: '', until: new Date(Date.now() + DAY_MS) })
  return (
    <FormSection title={t('policy.embargoes.title')} why={t('policy.embargoes.why')}>
      {embargoes.map((embargo, index) => {
        const set = (changes: Partial<typeof embargo>) => onChange({ embargoes: replaced(embargoes, index, changes) })
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other identity while their name is typed.
          <div key={index} className={styles.card}>
            <TextInput
              label={t('policy.rule.name')}
              value={embargo.id}
              maxLength={80}
              onChange={(event) => set({ id: event.currentTarget.value })}
            />
            <TextInput
              label={t('policy.claims.query')}
              value={embargo.query}
              onChange={(event) => set({ query: event.currentTarget.value })}
            />
            <TextInput
              type="datetime-local"
              label={t('policy.embargoes.until')}
              value={fieldText(embargo.until)}
              onChange={(event) => {
                const until = new Date(event.currentTarget.value)
                if (!Number.isNaN(until.getTime())) set({ until })
              }}
            />
            <div>
              <Button size="compact-xs" onClick={() => onChange({ embargoes: without(embargoes, index) })}>
                {t('policy.rule.remove')}
              </Button>
            </div>
          </div>
        )
      })}
      <div>
        <Button onClick={() => onChange({ embargoes: [...embargoes, added()] })}>{t('policy.embargoes.add')}</Button>
      </div>
    </FormSection>
  )
}

function Disclosures({ document: { disclosures }, onChange }: FieldsProps) {
  const t = useTexts('publishing')
  return (
    <FormSection title={t('policy.disclosures.title')} why={t('policy.disclosures.why')}>
      {disclosures.map((rule, index) => {
        const set = (changes: Partial<typeof rule>) => onChange({ disclosures: replaced(disclosures, index, changes) })
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other identity while their name is typed.
          <div key={index} className={styles.card}>
            <TextInput
              label={t('policy.rule.name')}
              value={rule.id}
              maxLength={80}
              onChange={(event) => set({ id: event.currentTarget.value })}
            />
            <TextInput
              label={t('policy.disclosures.when')}
              value={rule.when}
              onChange={(event) => set({ when: event.currentTarget.value })}
            />
            <Lines label={t('policy.disclosures.words')} value={rule.words} onChange={(words) => set({ words })} />
            <div>
              <Button size="compact-xs" onClick={() => onChange({ disclosures: without(disclosures, index) })}>
                {t('policy.rule.remove')}
              </Button>
            </div>
          </div>
        )
      })}
      <div>
        <Button onClick={() => onChange({ disclosures: [...disclosures, { id: '', when: '', words: [] }] })}>
          {t('policy.disclosures.add')}
        </Button>
      </div>
    </FormSection>
  )
}

function Others({ document: { others }, onChange }: FieldsProps) {
  const t = useTexts('publishing')
  return (
    <FormSection title={t('policy.others.title')} why={t('policy.others.why')}>
      {others.map((brand, index) => {
        const set = (changes: Partial<typeof brand>) => onChange({ others: replaced(others, index, changes) })
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: brands have no other identity while their name is typed.
          <div key={index} className={styles.card}>
            <TextInput
              label={t('policy.others.name')}
              value={brand.name}
              maxLength={100}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            {(['handles', 'hashtags', 'signatures'] as const).map((name) => (
              <Lines
                key={name}
                label={t(`policy.others.${name}`)}
                value={brand[name]}
                onChange={(lines) => set({ [name]: lines })}
              />
            ))}
            <div>
              <Button size="compact-xs" onClick={() => onChange({ others: without(others, index) })}>
                {t('policy.rule.remove')}
              </Button>
            </div>
          </div>
        )
      })}
      <div>
        <Button
          onClick={() => onChange({ others: [...others, { name: '', handles: [], hashtags: [], signatures: [] }] })}
        >
          {t('policy.others.add')}
        </Button>
      </div>
    </FormSection>
  )
}
