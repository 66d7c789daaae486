import { useFormats } from '../platform/formats.ts'
import styles from './grouped-names.module.css'

interface GroupedNamesProps {
  title: string
  why: string
  groups: { label: string; names: string[] }[]
}

/** A quiet list of names by what is true of them; nothing in it can be clicked. */
export function GroupedNames({ title, why, groups }: GroupedNamesProps) {
  const formats = useFormats()
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.why}>{why}</p>
      <dl className={styles.groups}>
        {groups.map(({ label, names }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{formats.list(names.toSorted((one, other) => one.localeCompare(other)))}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
