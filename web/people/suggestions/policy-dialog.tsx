import { Button, Checkbox, Group, Modal, Radio } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import type { Policy } from './shapes.ts'
import { INFERENCE_MODES, PROOF_LEVELS } from './states.ts'
import styles from './suggestions.module.css'

/** Says before it is done what each choice does, also to what was computed already. */
export function PolicyDialog({ policy, onClose }: { policy: Policy; onClose(): void }) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const [mode, setMode] = useState(policy.mode)
  const [proofLevel, setProofLevel] = useState(policy.proofLevel ?? 'proved')
  const [heardToo, setHeardToo] = useState(policy.heardToo)
  const changing = useMutation(
    api.people.suggestions.changePolicy.mutationOptions({
      onSuccess: () => {
        showDone(t('suggestions.policy.changed'))
        onClose()
      },
      onSettled: () => queries.invalidateQueries({ queryKey: api.people.key() }),
    }),
  )
  const save = () =>
    changing.mutate({
      mode,
      proofLevel: mode === 'automatic' ? proofLevel : null,
      heardToo: mode !== 'none' && heardToo,
    })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('suggestions.policy.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <form
        className={styles.policy}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Radio.Group
          label={t('suggestions.policy.mode')}
          value={mode}
          onChange={(value) => setMode(value as typeof mode)}
        >
          {INFERENCE_MODES.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`suggestions.policy.modes.${value}.label`)}
              description={t(`suggestions.policy.modes.${value}.what`)}
            />
          ))}
        </Radio.Group>
        {mode === 'automatic' && (
          <Radio.Group
            label={t('suggestions.policy.levels')}
            value={proofLevel}
            onChange={(value) => setProofLevel(value as typeof proofLevel)}
          >
            {PROOF_LEVELS.map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`suggestions.policy.level.${value}.label`)}
                description={t(`suggestions.policy.level.${value}.what`)}
              />
            ))}
          </Radio.Group>
        )}
        {mode !== 'none' && (
          <Checkbox
            checked={heardToo}
            onChange={(event) => setHeardToo(event.currentTarget.checked)}
            label={t('suggestions.policy.heardToo')}
            description={t('suggestions.policy.heardTooWhat')}
          />
        )}
        {mode === 'none' && policy.mode !== 'none' && (
          <p className={styles.warning} role="status">
            {t('suggestions.policy.deletes')}
          </p>
        )}
        {changing.error && (
          <p className={styles.warning} role="alert">
            {textOfFailure(failureOf(changing.error))}
          </p>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('suggestions.policy.cancel')}
          </Button>
          <Button type="submit" loading={changing.isPending}>
            {t('suggestions.policy.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
