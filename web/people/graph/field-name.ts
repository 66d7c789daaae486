import { useTexts } from '../../platform/i18n.ts'

export const KNOWN_FIELDS = [
  'name',
  'given-name',
  'family-name',
  'language',
  'company',
  'title',
  'city',
  'birth-date',
] as const

const isKnown = (field: string): field is (typeof KNOWN_FIELDS)[number] => KNOWN_FIELDS.some((known) => known === field)

/** Fields that everybody has by their names, those of the workspace's own systems by what they are called there. */
export function useFieldName(): (field: string) => string {
  const t = useTexts('people')
  return (field) => (isKnown(field) ? t(`graph.field.${field}`) : field)
}
