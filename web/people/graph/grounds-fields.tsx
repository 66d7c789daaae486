import { Radio } from '@mantine/core'
import { useTexts } from '../../platform/i18n.ts'
import { ReasonField } from '../../ui/reason-field.tsx'
import { BasisChoice } from '../begin-person.tsx'
import { type LegalBasis, type LinkMethod, STATED_METHODS } from '../shapes.ts'
import styles from './graph.module.css'

export interface StatedGrounds {
  method: LinkMethod
  evidence: string
  legalBasis: LegalBasis
}

export const NO_GROUNDS: StatedGrounds = { method: 'agent-confirmed', evidence: '', legalBasis: 'legitimate-interest' }

interface GroundsFieldsProps {
  label: string
  value: StatedGrounds
  onChange(grounds: StatedGrounds): void
}

/** What an act rests on: how it is known, what speaks for it, and on what legal basis. */
export function GroundsFields({ label, value, onChange }: GroundsFieldsProps) {
  const t = useTexts('people')
  return (
    <>
      <Radio.Group
        label={t('links.how')}
        value={value.method}
        onChange={(method) => onChange({ ...value, method: method as LinkMethod })}
      >
        <div className={styles.radios}>
          {STATED_METHODS.map((method) => (
            <Radio key={method} value={method} label={t(`method.${method}`)} />
          ))}
        </div>
      </Radio.Group>
      <ReasonField
        label={label}
        description={t('graph.evidenceWhy')}
        value={value.evidence}
        onChange={(evidence) => onChange({ ...value, evidence })}
      />
      <BasisChoice value={value.legalBasis} onChange={(legalBasis) => onChange({ ...value, legalBasis })} />
    </>
  )
}
