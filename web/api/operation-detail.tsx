import { PERMISSIONS, type Permission } from '../../contract/permissions.ts'
import { useTexts } from '../platform/i18n.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import styles from './api.module.css'
import { curlOf, type Field, fieldsOf, typeOf } from './fields.ts'
import type { Operation, Schema } from './openapi.ts'

/** What goes in, what comes out, what it takes, and how to try it. */
export function OperationDetail({ operation, server }: { operation: Operation; server: string }) {
  const t = useTexts('api')
  const { parameters, body, answer, permission } = operation
  const curl = curlOf(server, operation)
  const given = parameters.map(({ name, in: place, required = false, schema = {} }) => ({
    name,
    depth: 0,
    type: typeOf(schema),
    required,
    description: [place === 'path' ? t('inPath') : '', schema.description ?? ''].filter(Boolean).join(' · '),
  }))
  return (
    <div className={styles.detail}>
      {permission && (
        <p className={styles.permission}>
          <Needs permission={permission} />
        </p>
      )}
      {given.length > 0 && <Fields title={t('parameters')} fields={given} />}
      {body && <Fields title={t('body')} fields={fieldsOf(body)} whole={body} />}
      {answer ? (
        <Fields title={t('answer')} fields={fieldsOf(answer)} whole={answer} isAnswer />
      ) : (
        <p className={styles.permission}>{t('noAnswer')}</p>
      )}
      <div>
        <h3>{t('example')}</h3>
        <div className={styles.curl}>
          <pre>{curl}</pre>
          <CopyButton text={curl} label={t('copyExample')} />
        </div>
      </div>
    </div>
  )
}

function Needs({ permission }: { permission: string }) {
  const t = useTexts('api')
  if (permission === 'public') return t('needs.nobody')
  if (permission === 'signed-in') return t('needs.person')
  if (permission === 'installation') return t('needs.installation')
  const name = PERMISSIONS.includes(permission as Permission) ? t(`accounts:permission.${permission}`) : ''
  return (
    <>
      {t('needs.scope')} <code>{permission}</code> {name && `(${name})`}
    </>
  )
}

interface FieldsProps {
  title: string
  fields: Field[]
  whole?: Schema
  /** In an answer almost everything is there: what may be absent is said instead of what is required. */
  isAnswer?: boolean
}

function Fields({ title, fields, whole, isAnswer = false }: FieldsProps) {
  const t = useTexts('api')
  return (
    <div>
      <h3>{title}</h3>
      {fields.length === 0 && whole ? (
        <code>{typeOf(whole)}</code>
      ) : (
        <table className={styles.fields} aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{t('column.field')}</th>
              <th scope="col">{t('column.type')}</th>
              <th scope="col">{t('column.meaning')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.name}>
                <th scope="row">
                  <FieldName name={field.name} />
                  {field.required !== isAnswer && (
                    <span className={styles.required}> {isAnswer ? t('mayBeAbsent') : t('required')}</span>
                  )}
                </th>
                <td>
                  <code>{field.type}</code>
                </td>
                <td>{field.description}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

/** The way to a nested field stands back behind its own name. */
function FieldName({ name }: { name: string }) {
  const at = Math.max(name.lastIndexOf('.'), name.lastIndexOf(' ')) + 1
  return (
    <code>
      <span className={styles.nested}>{name.slice(0, at)}</span>
      {name.slice(at)}
    </code>
  )
}
