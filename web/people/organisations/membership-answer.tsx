import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import styles from './organisations.module.css'

interface MembershipAnswerProps {
  organisationId: string
  /** The address that speaks for it. */
  authorId: string
  /** Of whom or what is asked, for who hears the buttons and not what stands around them. */
  name: string
}

/** Whether somebody belongs to an organisation whose domain their mail address has. */
export function MembershipAnswer({ organisationId, authorId, name }: MembershipAnswerProps) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const answer = useMutation(
    api.people.organisations.answerProposal.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.people.organisations.key() }),
    }),
  )
  const say = (belongs: boolean) => answer.mutate({ organisationId, authorId, belongs })
  if (!useMay('people.link')) return null
  return (
    <div className={styles.buttons}>
      <Button
        size="compact-xs"
        disabled={answer.isPending}
        aria-label={`${t('organisations.belongs')}: ${name}`}
        onClick={() => say(true)}
      >
        {t('organisations.belongs')}
      </Button>
      <Button
        size="compact-xs"
        variant="subtle"
        disabled={answer.isPending}
        aria-label={`${t('organisations.doesNot')}: ${name}`}
        onClick={() => say(false)}
      >
        {t('organisations.doesNot')}
      </Button>
    </div>
  )
}
