import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { ConfirmByName } from '../ui/confirm-by-name.tsx'

interface RetireProps {
  title: string
  /** What goes, and what stays. */
  what: string
  retire(): Promise<unknown>
  onClose(): void
}

/** Asks by the title, then goes back to the list: what is shown is gone. */
export function Retire({ title, what, retire, onClose }: RetireProps) {
  const t = useTexts('guidelines')
  const api = useApi()
  const { slug } = useWorkspace()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const change = useMutation({
    mutationFn: retire,
    meta: { shownInPlace: true },
    onSuccess: async () => {
      await navigate({ to: '/w/$slug/programme/guidelines', params: { slug } })
      await queries.invalidateQueries({ queryKey: api.guidelines.key() })
    },
  })
  return (
    <ConfirmByName
      opened
      onClose={onClose}
      title={t('retireNamed', { title })}
      name={title}
      action={t('retire')}
      onConfirm={() => change.mutateAsync()}
    >
      {what}
    </ConfirmByName>
  )
}
