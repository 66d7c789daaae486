export { blueskyAccount } from './account.ts'
export { blueskyStream } from './stream.ts'
