export { type FeedsConnector, feeds } from './feeds.ts'
