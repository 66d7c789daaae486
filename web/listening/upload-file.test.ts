import { expect, test } from 'vitest'
import { outcomeOf } from './upload-file.ts'

test('a file that arrived has an import', () => {
  expect(outcomeOf(201, '{"importId":"i1"}')).toEqual({ kind: 'done', importId: 'i1' })
})

test('a refusal keeps the code and what fills its sentence', () => {
  expect(outcomeOf(400, '{"code":"file-too-large","params":{"bytesMax":1073741824}}')).toEqual({
    kind: 'failed',
    failure: { code: 'file-too-large', params: { bytesMax: 1073741824 }, status: 400 },
  })
})

test('what a proxy says in between is a failure with a name, not a crash', () => {
  expect(outcomeOf(413, '<html>413</html>')).toMatchObject({ failure: { code: 'too-large' } })
  expect(outcomeOf(502, 'null')).toMatchObject({ failure: { code: 'internal' } })
})
