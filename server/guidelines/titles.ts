export type GuidelineLanguage = 'en' | 'de' | 'nl'
export type Titles = Partial<Record<GuidelineLanguage, string>>

/** By language, what `pick` takes of each text. */
export const byLanguage = <Text, Picked>(
  texts: Partial<Record<GuidelineLanguage, Text>>,
  pick: (text: Text) => Picked,
): Partial<Record<GuidelineLanguage, Picked>> =>
  Object.fromEntries(
    Object.entries(texts).flatMap(([language, text]) => (text === undefined ? [] : [[language, pick(text)]])),
  )

/** Where nobody says in which language. */
export const anyTitle = (titles: Titles): string => titles.en ?? titles.de ?? titles.nl ?? ''
