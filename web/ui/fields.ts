import { type ChangeEvent, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'

/** Says what is wrong with a value as a text key with what fills it; null: nothing is. */
export type Check = (value: string) => Fault | null
interface Fault {
  key: string
  params?: Record<string, string | number>
}

export const required: Check = (value) => (value.trim() === '' ? { key: 'ui:field.required' } : null)

export const atLeast =
  (length: number): Check =>
  (value) =>
    value.length < length ? { key: 'ui:field.atLeast', params: { count: length } } : null

/** Empty is fine: put `required` before it where it is not. */
export const mailAddress: Check = (value) =>
  value.trim() === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()) ? null : { key: 'ui:field.mailAddress' }

export const webAddress: Check = (value) => {
  const text = value.trim()
  return text === '' || (/^https?:\/\//i.test(text) && URL.canParse(text)) ? null : { key: 'ui:field.webAddress' }
}

/** Runs checks in order and says the first fault. */
export const firstFault = (value: string, checks: readonly Check[]): Fault | null => {
  for (const check of checks) {
    const fault = check(value)
    if (fault) return fault
  }
  return null
}

/**
 * Text fields with faults said at the field, in the reader's language: `<TextInput label={…} {...fields.props('name')} />`.
 * A fault shows once its field was left or the form was sent; hand `fields` to `<Form>`, which then stays and focuses the
 * first faulty field.
 */
export function useFields<Name extends string>(
  initial: Record<Name, string>,
  checks: Partial<Record<NoInfer<Name>, readonly Check[]>> = {},
) {
  const t = useTexts('ui')
  const [values, setValues] = useState(initial)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const names = Object.keys(initial) as Name[]
  const faultOf = (name: Name) => firstFault(values[name], checks[name] ?? [])
  const faulty = names.filter((name) => faultOf(name) !== null)
  const set = (name: Name, value: string) => setValues((before) => ({ ...before, [name]: value }))
  return {
    values,
    set,
    reset: () => {
      setValues(initial)
      setLeft(new Set())
    },
    valid: faulty.length === 0,
    /** Shows every fault; the first faulty field's name, or null. */
    showFaults: (): Name | null => {
      setLeft(new Set(names))
      return faulty[0] ?? null
    },
    props: (name: Name) => {
      const fault = left.has(name) ? faultOf(name) : null
      return {
        name,
        value: values[name],
        withAsterisk: checks[name]?.includes(required) ?? false,
        error: fault ? t(fault.key, fault.params ?? {}) : null,
        onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => set(name, event.currentTarget.value),
        onBlur: () => setLeft((before) => new Set(before).add(name)),
      }
    },
  }
}
