/** Shapes of two packages that ship none for what is used here. */
declare module 'eld/extrasmall' {
  export const eld: {
    detect(text: string): { language: string; getScores(): Record<string, number> }
  }
}

declare module 'snowball-stemmers' {
  const snowball: { newStemmer(algorithm: string): { stem(word: string): string } }
  export default snowball
}
