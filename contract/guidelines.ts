import { documents } from './guidelines-documents.ts'
import { overview } from './guidelines-overview.ts'
import { trainings } from './guidelines-trainings.ts'

export const guidelines = { documents, trainings, ...overview }
