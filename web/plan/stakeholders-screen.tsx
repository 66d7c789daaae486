import { Button, Modal } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProgrammePlace } from '../guidelines/programme-place.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { Tag } from '../ui/tag.tsx'
import styles from './plan.module.css'
import type { Stakeholder } from './shapes.ts'
import { StakeholderForm } from './stakeholder-form.tsx'

const FACTS = ['needs', 'decidesOn', 'speaksAbout'] as const

/** Who needs which data, who decides, who speaks; and who is to speak and may not. */
export function StakeholdersScreen() {
  const t = useTexts('plan')
  const stakeholders = useSuspenseQuery(useApi().plan.stakeholders.list.queryOptions({ input: {} })).data.items
  const mayManage = useMay('plan.manage')
  const [edited, setEdited] = useState<Stakeholder | 'new' | null>(null)
  const add = (
    <Button variant="filled" onClick={() => setEdited('new')}>
      {t('stakeholder.new')}
    </Button>
  )
  return (
    <ProgrammePlace title={t('stakeholder.title')} action={mayManage && stakeholders.length > 0 ? add : null}>
      {stakeholders.length === 0 ? (
        <Empty icon={IconUsersGroup} title={t('stakeholder.empty')} action={mayManage ? add : null}>
          {t('stakeholder.emptyWhy')}
        </Empty>
      ) : (
        <ul className={styles.rows}>
          {stakeholders.map((one) => (
            <li key={one.stakeholderId} className={styles.row}>
              <div className={styles.main}>
                <strong>{one.name}</strong>
                {one.part && <span className={styles.quiet}>{one.part}</span>}
                <dl className={styles.facts}>
                  {FACTS.filter((fact) => one[fact] !== '').map((fact) => (
                    <Fact key={fact} name={t(`stakeholder.${fact}`)} value={one[fact]} />
                  ))}
                </dl>
              </div>
              {one.speaksAbout !== '' && one.maySpeak === false && (
                <Tag tone="notice">{t('stakeholder.maySpeakNot')}</Tag>
              )}
              {mayManage && (
                <Button size="xs" onClick={() => setEdited(one)} aria-label={t('changeNamed', { name: one.name })}>
                  {t('change')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === 'new' ? t('stakeholder.new') : t('change')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {edited && <StakeholderForm stakeholder={edited === 'new' ? null : edited} onDone={() => setEdited(null)} />}
      </Modal>
    </ProgrammePlace>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
