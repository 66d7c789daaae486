/** Pure: what an attempt was worth. */
export interface Question {
  key: string
  question: string
  options: { key: string; text: string; right: boolean }[]
  explanation: string
}

export interface Graded {
  passed: boolean
  questions: { key: string; correct: boolean; right: string[]; explanation: string }[]
}

/** A question is right when exactly its right options were chosen; half right is not. */
export function grade(questions: readonly Question[], answers: Record<string, string[]>, passPercent: number): Graded {
  const graded = questions.map(({ key, options, explanation }) => {
    const right = options.filter((option) => option.right).map((option) => option.key)
    const chosen = new Set(answers[key] ?? [])
    return { key, correct: chosen.size === right.length && right.every((one) => chosen.has(one)), right, explanation }
  })
  const correct = graded.filter((one) => one.correct).length
  return { passed: correct * 100 >= passPercent * questions.length, questions: graded }
}
