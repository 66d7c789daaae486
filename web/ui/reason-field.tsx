import { Textarea } from '@mantine/core'

/** As the contract takes them. */
const REASON_CHARACTERS_MAX = 500

interface ReasonFieldProps {
  label: string
  /** Who will read it, and why. */
  description?: string
  value: string
  onChange(reason: string): void
}

/** Why something is done, asked in the dialog that does it. */
export function ReasonField({ label, description, value, onChange }: ReasonFieldProps) {
  return (
    <Textarea
      label={label}
      {...(description ? { description } : {})}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={REASON_CHARACTERS_MAX}
      required
      autosize
      minRows={2}
      data-autofocus
    />
  )
}
