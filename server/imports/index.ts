export { importHandlers } from './handlers.ts'
export { type Rehearsing, rehearseFile } from './rehearse-file.ts'
export { type Rejection, storeRejections } from './rejections.ts'
export { importRoutes } from './routes.ts'
export { importsLoop, LEASE_SECONDS, readInBatches, type TakenImport, takeWaiting } from './run.ts'
export { type BatchOutcome, runFile } from './run-file.ts'
export {
  createImport,
  endImport,
  type ImportKind,
  type ImportProblem,
  type ImportRow,
  presentState,
  readImport,
  startImport,
} from './states.ts'
export { describeFile, type ImportedFile, importFolder, removeUpload } from './uploads.ts'
