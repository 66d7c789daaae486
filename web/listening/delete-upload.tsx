import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import type { Import } from './shapes.ts'

/** A file that is not wanted any more makes room. What was imported from it stays. */
export function DeleteUpload({ one }: { one: Import }) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { slug } = useWorkspace()
  const remove = useMutation(
    api.listening.imports.remove.mutationOptions({
      onSuccess: async () => {
        await navigate({ to: '/w/$slug/listening/imports', params: { slug } })
        await queries.invalidateQueries({ queryKey: api.listening.imports.list.key() })
      },
    }),
  )
  return (
    <Button loading={remove.isPending} onClick={() => remove.mutate({ importId: one.importId })}>
      {t('imports.delete')}
    </Button>
  )
}
