import { Modal, Switch } from '@mantine/core'
import { useTexts } from '../platform/i18n.ts'
import {
  keyCaps,
  type ShortcutPlace,
  singleKeysOn,
  switchSingleKeys,
  useShortcutPlaces,
} from '../platform/shortcuts.ts'
import styles from './shortcut-map.module.css'

/** `?`: every key of the place one is in. */
export function ShortcutMap({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTexts('shell')
  const places = joinPlaces(useShortcutPlaces())
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shortcuts.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <div className={styles.map}>
        {places.map(({ place, shortcuts }) => (
          <section key={place}>
            <h3 className={styles.place}>{place.replace(/^dialog:/, '')}</h3>
            <dl className={styles.keys}>
              {[...Map.groupBy(shortcuts, ({ label }) => label)].map(([label, ways]) => (
                <div key={label} className={styles.row}>
                  <dt>{label}</dt>
                  {ways.map(({ keys }) => (
                    <dd key={keys}>
                      {keyCaps(keys).map((cap) => (
                        <kbd key={cap} className="cap">
                          {cap}
                        </kbd>
                      ))}
                    </dd>
                  ))}
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        mt="md"
        defaultChecked={singleKeysOn()}
        onChange={(event) => switchSingleKeys(event.currentTarget.checked)}
        label={t('shortcuts.singleKeys')}
        description={t('shortcuts.singleKeysWhy')}
      />
    </Modal>
  )
}

/** Several parts of a screen may bring keys of one place: it has one heading, and each key stands there once. */
function joinPlaces(places: readonly ShortcutPlace[]): ShortcutPlace[] {
  const joined = new Map<string, ShortcutPlace['shortcuts']>()
  for (const { place, shortcuts } of places) {
    const known = joined.get(place) ?? []
    joined.set(place, [...known, ...shortcuts.filter(({ keys }) => !known.some((other) => other.keys === keys))])
  }
  return [...joined].filter(([, shortcuts]) => shortcuts.length > 0).map(([place, shortcuts]) => ({ place, shortcuts }))
}
